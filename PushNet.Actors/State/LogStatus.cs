namespace PushNet.Actors.State;

/// <summary>How far a server has read the log that it shares with others.</summary>
/// <param name="Standing">Where it stands.</param>
/// <param name="Sequence">The last message of the log that it applied.</param>
/// <param name="Behind">How long the log took to bring the last message that this server sent to it, or takes so far.</param>
/// <param name="Silence">How long the log has brought nothing.</param>
public sealed record LogStatus(LogStanding Standing, long Sequence, TimeSpan Behind, TimeSpan Silence);

/// <summary>Where a server stands that shares a log with others.</summary>
public enum LogStanding
{
    /// <summary>It reads what others have read before. Nobody is let in.</summary>
    CatchingUp,

    /// <summary>It has read what there is.</summary>
    Ready,

    /// <summary>It reads too slowly.</summary>
    Behind,

    /// <summary>The log brings nothing, not even that time passes.</summary>
    CutOff,

    /// <summary>The log is not what it was, and can't be followed any more.</summary>
    Lost,
}
