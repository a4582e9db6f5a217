using PushNet.Actors.Subscribers;

namespace PushNet.Tests;

/// <summary>A round that sends nothing and tells when it would.</summary>
internal sealed class FakeRound(Action sent) : WriteRound
{
    public override void Afterwards(Action action) => throw new NotSupportedException();

    protected override void SendAll() => sent();

    protected override void Sent()
    {
    }
}
