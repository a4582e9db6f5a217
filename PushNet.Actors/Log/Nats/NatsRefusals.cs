using System.Text.RegularExpressions;

namespace PushNet.Actors.Log.Nats;

/// <summary>
/// What NATS refuses its user. NATS tells a connection so, and whoever asked gets no answer. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed partial class NatsRefusals(TimeProvider time)
{
    /// <summary>How long a refusal counts after it was told: whatever matters is asked for again within this time.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private Refusal? _last;

    /// <summary>What is refused, as a sentence for operators; null when nothing is.</summary>
    public string? Sentence => Volatile.Read(ref _last) is { } last && (last.IsLasting || time.GetElapsedTime(last.At) < Memory)
        ? last.Sentence : null;

    /// <summary>NATS told of an error.</summary>
    /// <param name="error">Its words.</param>
    public void Note(string error)
    {
        if (Form.Match(error) is not { Success: true } refused)
        {
            return;
        }

        // A subscription is asked for once in the life of a connection.
        var isSubscription = refused.Groups["verb"].Value == "Subscription";
        var verb = isSubscription ? "subscribe" : "publish";
        Volatile.Write(ref _last, new Refusal(
            $"the user of NATS may not {verb} to {refused.Groups["subject"].Value}; see deploy/nats.conf",
            time.GetTimestamp(),
            isSubscription));
    }

    /// <summary>The connection is over, and the next one is told anew.</summary>
    public void Forget() => Volatile.Write(ref _last, null);

    [GeneratedRegex("^Permissions Violation for (?<verb>Publish|Subscription) to \"(?<subject>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Form { get; }

    private sealed record Refusal(string Sentence, long At, bool IsLasting);
}
