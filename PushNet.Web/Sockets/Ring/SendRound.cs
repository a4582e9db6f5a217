using PushNet.Actors.Subscribers;

namespace PushNet.Web.Sockets.Ring;

/// <summary>A round of writes that go to the kernel through a <see cref="SendRing"/>.</summary>
/// <param name="ring">The ring, for as long as the round.</param>
/// <param name="rounds">Gets the ring back.</param>
internal sealed class SendRound(SendRing ring, SendRounds rounds) : WriteRound
{
    /// <summary>Where batches are put.</summary>
    public SendRing Ring => ring;

    /// <inheritdoc />
    public override void Afterwards(Action action) => ring.Afterwards(action);

    /// <inheritdoc />
    protected override void SendAll() => ring.Flush();

    /// <inheritdoc />
    protected override void Sent()
    {
        ring.RunAfterwards();
        rounds.Return(ring);
    }
}
