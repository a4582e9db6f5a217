using Akka.Actor;
using PushNet.Actors.Admission;
using PushNet.Actors.Log;

namespace PushNet.Tests.Admission;

/// <summary>The limiter of a server that has a cap together with others.</summary>
public sealed class SharedLimitTests : ActorTest
{
    private static readonly SlotRefused Refused = new(100, Closed: null);

    [Fact]
    public async Task A_slot_is_taken_of_both_caps_and_given_back_to_both()
    {
        var shared = new SharedSlots(100, Time);
        var limiter = Sys.ActorOf(Props.Create(() => new ConnectionLimiter(2, shared)));
        Assert.Equal(Refused, await AskAsync());

        shared.Want(1);
        shared.Grant(1, 1);
        Assert.Equal(new SlotGranted(0), await AskAsync(isPeek: true));
        Assert.Equal(new SlotGranted(1), await AskAsync());
        Assert.Equal((Refused, Refused), (await AskAsync(), await AskAsync(isPeek: true)));

        limiter.Tell(new ReleaseSlot(1));
        limiter.Tell(new ReleaseSlot(1));
        Assert.Equal(new SlotGranted(2), await AskAsync());
        Assert.Equal(Refused, await AskAsync());

        shared.Want(2);
        shared.Grant(2, 3);
        Assert.Equal(new SlotGranted(3), await AskAsync());
        Assert.Equal(new SlotRefused(2, Closed: null), await AskAsync());

        Time.Advance(SharedSlots.Patience);
        limiter.Tell(new ReleaseSlot(2));
        Assert.Equal(Refused, await AskAsync());

        Task<SlotReply> AskAsync(bool isPeek = false) => limiter.Ask<SlotReply>(new AcquireSlot(isPeek));
    }
}
