using NATS.Client.JetStream.Models;

namespace PushNet.Actors.Log.Nats;

/// <summary>The stream of the log: how it is made, and whether one that is there can be it. Pure.</summary>
internal static class NatsLogStream
{
    // Nothing uses it, so it is as short as NATS takes.
    private static readonly TimeSpan DuplicateWindow = TimeSpan.FromMilliseconds(100);

    /// <summary>The stream as it is made. Nobody can delete a single message of it, which would stop all readers.</summary>
    public static StreamConfig Make(NatsLogSettings settings) => new(settings.Stream, [settings.Subject])
    {
        NumReplicas = settings.Replicas,
        MaxAge = settings.Keep,
        MaxBytes = settings.MaxBytes,
        AllowDirect = true,
        DenyDelete = true,
        DuplicateWindow = DuplicateWindow,
    };

    /// <summary>The stream of images as it is made.</summary>
    public static StreamConfig MakeImages(NatsLogSettings settings) => new(settings.Images, [$"{settings.ImagesSubject}.>"])
    {
        NumReplicas = settings.Replicas,
        MaxMsgsPerSubject = 1,
        AllowDirect = true,
        DuplicateWindow = DuplicateWindow,
    };

    /// <summary>Why a stream that is there can't be the log, and what to do; null when it can.</summary>
    public static string? WhyUnfit(StreamConfig found, NatsLogSettings settings) => found switch
    {
        _ when !(found.Subjects ?? []).Any(one => Covers(one, settings.Subject)) =>
            $"the stream {found.Name} of NATS does not take the subject {settings.Subject}, so whatever is sent to the log is lost. "
                + "Add the subject to the stream, or use another stream.",
        { Retention: not StreamConfigRetention.Limits } =>
            $"the stream {found.Name} of NATS drops messages that were read, and a log must keep them. Its retention must be \"limits\". "
                + "Use another stream.",
        { AllowDirect: false } =>
            $"the stream {found.Name} of NATS does not allow direct gets, by which it is read while a server of NATS is away. Set "
                + "allow_direct for it, or use another stream.",
        _ => null,
    };

    private static bool Covers(string pattern, string subject)
    {
        var (parts, wanted) = (pattern.Split('.'), subject.Split('.'));
        return parts[^1] == ">"
            ? parts.Length <= wanted.Length && Fits(parts[..^1])
            : parts.Length == wanted.Length && Fits(parts);

        bool Fits(string[] some) => some.Zip(wanted).All(pair => pair.First == "*" || pair.First == pair.Second);
    }
}
