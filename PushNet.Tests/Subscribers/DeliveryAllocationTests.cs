using System.Buffers;
using Akka.Actor;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Subscribers;

/// <summary>With thousands of subscribers, an object for each of them and each batch causes collections, which make all wait.</summary>
public sealed class DeliveryAllocationTests : ActorTest
{
    private const int Deliveries = 1000;

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task A_batch_to_a_healthy_subscriber_allocates_nothing(bool inRounds, bool isCompressed)
    {
        var socket = new WillingSocket(inRounds, isCompressed);
        var subscriber = await ChildOf(ParentFor(CreateTestProbe()), SubscriberActor.Props(socket, Subscription.Everything, Time));
        var progress = new FanOutProgress(1, () => { });
        var compressed = new CompressedBatch(new byte[1], progress, (0, 10), isKey: true, new KeyFrameDemand());
        var batch = FrameBatch.Join(Given.Events(1, 10), progress, compressed);
        Deliver();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Deliver();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(2 * Deliveries, socket.Batches);

        // Less than one object each, because the runtime makes one of its own now and then.
        Assert.InRange(allocated, 0, Deliveries);

        void Deliver()
        {
            var round = new FakeRound(() => { });
            for (var i = 0; i < Deliveries; i++)
            {
                subscriber.Tell(batch, ActorRefs.NoSender);
            }

            round.Send();
        }
    }

    private sealed class WillingSocket(bool inRounds, bool sharesCompression) : ISubscriberSocket
    {
        public bool SharesCompression => sharesCompression;

        public long? BytesTaken => null;

        public bool HasEnded => false;

        public int Batches { get; private set; }

        public ValueTask WriteAsync(ReadOnlySequence<byte> frame) => ValueTask.CompletedTask;

        public ValueTask WriteAsync(ReadOnlyMemory<byte> frames)
        {
            Batches++;
            return ValueTask.CompletedTask;
        }

        public bool TryPut(FrameBlock block, WriteRound round)
        {
            Batches += inRounds && block is CompressedBatch == sharesCompression ? 1 : 0;
            return inRounds;
        }

        public void Close(int code, string reason)
        {
        }

        public void Abort()
        {
        }

        public void AbortStalled()
        {
        }
    }
}
