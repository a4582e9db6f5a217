using System.Globalization;
using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using PushNet.Actors.Log.Nats;

namespace PushNet.Web.Security.Keys.Bucket;

/// <summary>
/// The stream below the bucket. It is read by direct gets, message by message: any server of NATS that has them answers, and neither a
/// consumer nor an election holds them up. Throws <see cref="KeyStoreException"/>.
/// </summary>
internal sealed class KeyBucketStream : IAsyncDisposable
{
    private const int NotFound = 404;
    private const int Unavailable = 503;
    private const int NotNext = 10071;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly NatsLogSettings _settings;
    private readonly TimeSpan _patience;
    private readonly string _subjects;
    private readonly NatsLogConnection _connection;
    private readonly NatsJSContext _jetStream;
    private readonly NatsWatch _watch;

    /// <summary>The stream.</summary>
    /// <param name="settings">Where NATS is.</param>
    /// <param name="patience">How long to ask again while NATS does not answer.</param>
    public KeyBucketStream(NatsLogSettings settings, TimeSpan patience)
    {
        (_settings, _patience, Bucket) = (settings, patience, $"{settings.Stream}_KEYS");
        _subjects = $"$KV.{Bucket}.";
        _connection = new NatsLogConnection(settings);
        _jetStream = new NatsJSContext(_connection);
        _watch = new NatsWatch(_connection, Stream);
    }

    /// <summary>The name of the bucket.</summary>
    public string Bucket { get; }

    /// <summary>True when NATS refuses its user what is asked for here.</summary>
    public bool IsRefused => _connection.Refusal is not null;

    // An address that never answered is wrong, and what is refused stays refused.
    private bool IsElecting => _connection.ServerInfo is not null && !IsRefused;

    private string Stream => $"KV_{Bucket}";

    /// <summary>What the bucket is at this moment.</summary>
    /// <returns>When it was made, and its last message; null when it is gone.</returns>
    public Task<(DateTimeOffset Created, long Last)?> ExtentAsync(CancellationToken cancellation) => GuardAsync(async () =>
    {
        try
        {
            return Extent(await _jetStream.GetStreamAsync(Stream, cancellationToken: cancellation));
        }
        catch (NatsJSApiException e) when (e.Error.Code == NotFound)
        {
            return ((DateTimeOffset, long)?)null;
        }
    }, cancellation);

    /// <summary>Makes the bucket; one that is there stays as it is.</summary>
    public Task<(DateTimeOffset Created, long Last)> CreateAsync(CancellationToken cancellation) => GuardAsync(async () => Extent(
        await _jetStream.CreateStreamAsync(
            new StreamConfig(Stream, [$"{_subjects}>"])
            {
                MaxMsgsPerSubject = 1,
                NumReplicas = _settings.Replicas,
                Discard = StreamConfigDiscard.New,
                AllowDirect = true,
                AllowRollupHdrs = true,
                DenyDelete = true,
            },
            cancellation)), cancellation);

    /// <summary>The next message behind another one, at a place that begins in a certain way.</summary>
    /// <param name="last">The other one; 0 for none.</param>
    /// <param name="prefix">How the place begins; ends with a dot.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The message, without bytes when the place was deleted; null when there is none.</returns>
    public Task<(long Sequence, string Place, ReadOnlyMemory<byte>? Bytes)?> NextAsync(
        long last, string prefix, CancellationToken cancellation) => GuardAsync(
            () => GetAsync(new() { ["seq"] = last + 1, ["next_by_subj"] = $"{_subjects}{prefix}>" }, cancellation), cancellation);

    /// <summary>Writes to a place where nothing ever stood.</summary>
    /// <returns>The number of the message; null when something stands there.</returns>
    public async Task<long?> CreateAsync(string place, byte[] bytes, CancellationToken cancellation)
    {
        var tries = 0;
        return await GuardAsync(async () =>
        {
            tries++;
            var answer = await _jetStream.PublishAsync(
                $"{_subjects}{place}",
                bytes,
                opts: new NatsJSPubOpts { ExpectedLastSubjectSequence = 0, RetryAttempts = 1 },
                cancellationToken: cancellation);
            return answer.Error switch
            {
                null => (long)answer.Seq,
                { ErrCode: NotNext } => tries > 1 ? await FindAsync(place, bytes, cancellation) : (long?)null,
                var error => throw new KeyStoreException($"NATS refuses to keep the key: {error.Description}"),
            };
        }, cancellation);
    }

    /// <summary>Writes to a place, whatever stands there.</summary>
    /// <returns>The number of the message.</returns>
    public Task<long> PutAsync(string place, byte[] bytes, CancellationToken cancellation) => GuardAsync(async () =>
    {
        var answer = await _jetStream.PublishAsync($"{_subjects}{place}", bytes, cancellationToken: cancellation);
        return answer.Error is null
            ? (long)answer.Seq : throw new KeyStoreException($"NATS refuses to keep the key: {answer.Error.Description}");
    }, cancellation);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static (DateTimeOffset Created, long Last) Extent(INatsJSStream stream)
    {
        var info = NatsLeadership.Trusted(stream.Info);
        return info.Config.AllowDirect
            ? (info.Created, (long)info.State.LastSeq)
            : throw new KeyStoreException(
                $"the bucket of keys, stream {info.Config.Name}, does not allow direct gets; set allow_direct for it");
    }

    // What an earlier try wrote, though NATS did not answer.
    private async Task<long?> FindAsync(string place, byte[] bytes, CancellationToken cancellation) =>
        await GetAsync(new() { ["last_by_subj"] = $"{_subjects}{place}" }, cancellation) is { Bytes: { } found } last
            && found.Span.SequenceEqual(bytes) ? last.Sequence : null;

    private async Task<(long Sequence, string Place, ReadOnlyMemory<byte>? Bytes)?> GetAsync(
        Dictionary<string, object> question, CancellationToken cancellation)
    {
        var answer = await _connection.RequestAsync<byte[], byte[]>(
            $"$JS.API.DIRECT.GET.{Stream}", JsonSerializer.SerializeToUtf8Bytes(question), cancellationToken: cancellation);
        if (answer.Headers is not { } headers)
        {
            throw new KeyStoreException("NATS answers a direct get with nothing");
        }

        if (headers.TryGetValue("Nats-Sequence", out var sequence) && headers.TryGetValue("Nats-Subject", out var subject))
        {
            return (
                long.Parse(sequence.ToString(), CultureInfo.InvariantCulture),
                subject.ToString()[_subjects.Length..],
                headers.ContainsKey("KV-Operation") ? null : answer.Data ?? ReadOnlyMemory<byte>.Empty);
        }

        return headers.Code == NotFound
            ? null : throw new KeyStoreException($"NATS answers a direct get with {headers.Code} {headers.MessageText}");
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await work();
            }
            catch (Exception e) when (IsAway(e, cancellation) && IsElecting && TimeProvider.System.GetElapsedTime(begin) < _patience)
            {
                await Task.Delay(Pause, cancellation);
            }
            catch (NatsJSApiException e)
            {
                throw new KeyStoreException($"NATS refuses the bucket {Bucket} of keys: {e.Error.Description}", e);
            }
            catch (Exception e) when (IsAway(e, cancellation))
            {
                throw new KeyStoreException($"NATS does not answer for the bucket {Bucket} of keys: {_connection.WhyFailed(e)}", e);
            }
        }
    }

    // As it is while its servers elect a leader.
    private static bool IsAway(Exception failure, CancellationToken cancellation) => failure is NatsJSApiException refusal
        ? refusal.Error.Code == Unavailable
        : failure is NatsException or TimeoutException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested);
}
