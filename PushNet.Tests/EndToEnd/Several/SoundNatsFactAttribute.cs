namespace PushNet.Tests.EndToEnd.Several;

/// <summary>
/// A test of servers of NATS that go and come back. It needs a NATS that takes that well. A leader of 2.9 that comes back may keep a
/// message of its own in the place of one that the others have, and elections take up to 25 s there.
/// </summary>
internal class SoundNatsFactAttribute : LongFactAttribute
{
    public SoundNatsFactAttribute()
        : base(NatsServer.Program) => Skip ??= WhySkipped;

    /// <summary>Why a test is skipped that needs such a NATS; null when it is there, or when no long tests are asked for.</summary>
    public static string? WhySkipped => Fuzz.Fuzz.IsLong ? NatsServer.WhySkippedBefore(new Version(2, 10)) : null;
}
