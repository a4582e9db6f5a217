using PushNet.Actors.Clock;

namespace PushNet.Web.Operators.Commands;

/// <summary>When the server started.</summary>
internal sealed class ServerStart(TimeProvider time)
{
    private readonly Moment _at = Moment.Now(time);

    /// <summary>How long ago that was.</summary>
    public TimeSpan Age => Moment.Now(time) - _at;
}
