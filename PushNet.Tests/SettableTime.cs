using Microsoft.Extensions.Time.Testing;

namespace PushNet.Tests;

/// <summary>A clock that tests move, and whose wall clock they set besides.</summary>
internal sealed class SettableTime() : FakeTimeProvider(Given.Now.WallClock)
{
    /// <summary>How far the wall clock is from what it would be if nobody had set it.</summary>
    public TimeSpan SetBy { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + SetBy;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
