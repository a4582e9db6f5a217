using System.Globalization;
using System.Text;
using NATS.Client.Core;
using PushNet.Actors.Log.Entries;

namespace PushNet.Actors.Log.Nats;

/// <summary>
/// Asks for messages of a stream one by one. Any server of NATS that has them answers, and no election holds it up.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="stream">The stream.</param>
internal sealed class NatsDirectGet(NatsConnection connection, string stream)
{
    private const int NotFound = 404;

    // One message is asked for again and again; a part of an image is large.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PatienceWithLast = TimeSpan.FromSeconds(2);

    /// <summary>Asks for a message.</summary>
    /// <param name="sequence">Its place in the log.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<Answer> GetAsync(long sequence, CancellationToken cancellation) =>
        AskAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{sequence}}}"), Patience, cancellation);

    /// <summary>Asks for the first message from a place in the log on, whatever is missing before it.</summary>
    /// <param name="sequence">The place.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<Answer> GetFirstAsync(long sequence, CancellationToken cancellation) => AskAsync(
        string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{sequence},\"next_by_subj\":\">\"}}"), Patience, cancellation);

    /// <summary>Asks for the last message of a subject.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<Answer> GetLastAsync(string subject, CancellationToken cancellation) =>
        AskAsync($"{{\"last_by_subj\":\"{subject}\"}}", PatienceWithLast, cancellation);

    private async Task<Answer> AskAsync(string question, TimeSpan patience, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(patience);
        try
        {
            var answer = await connection.RequestAsync<byte[], byte[]>(
                $"$JS.API.DIRECT.GET.{stream}", Encoding.ASCII.GetBytes(question), cancellationToken: end.Token).ConfigureAwait(false);
            return answer.Headers is { } headers
                && headers.TryGetValue("Nats-Sequence", out var sequence) && headers.TryGetValue("Nats-Time-Stamp", out var stored)
                ? new Answer(new LogMessage(
                    long.Parse(sequence.ToString(), CultureInfo.InvariantCulture),
                    DateTimeOffset.Parse(stored.ToString(), CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(),
                    answer.Data ?? []))
                : new Answer(null, answer.Headers?.Code == NotFound);
        }
        catch (Exception e) when (e is NatsException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new Answer(null);
        }
    }

    /// <summary>What NATS answered.</summary>
    /// <param name="Message">The message; null when it is not there, or when NATS did not answer.</param>
    /// <param name="IsMissing">True when whatever answered does not have it.</param>
    internal readonly record struct Answer(LogMessage? Message, bool IsMissing = false);
}
