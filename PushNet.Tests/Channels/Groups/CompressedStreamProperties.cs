using Akka.Actor;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;

namespace PushNet.Tests.Channels.Groups;

/// <summary>
/// A compressed stream through the queues of real subscribers that stall, lose events, join and leave. Each client reads exactly what
/// was published, byte for byte, except for what it was told it had lost.
/// </summary>
public sealed class CompressedStreamProperties() : ActorTest(queueCapacity: 12)
{
    private const int Cases = 1_000_000;
    private const int QuickCases = 20_000;

    [Fact]
    public void Every_client_reads_what_was_published_but_for_what_it_was_told_it_had_lost()
    {
        long compressed = 0, all = 0;
        var parent = Sys.ActorOf(Props.Create<Parent>().WithDispatcher(CallerDispatcher.Id));
        Parallel.For(0, Fuzz.Fuzz.Of(Cases, QuickCases), @case =>
        {
            // The test's own context would make others do what subscribers do.
            SynchronizationContext.SetSynchronizationContext(null);
            try
            {
                using var run = new CompressedStreamRun(Fuzz.Fuzz.RandomOf(@case), socket => Start(parent, socket), Sys.Stop);
                run.Play();
                Interlocked.Add(ref compressed, run.Compressed);
                Interlocked.Add(ref all, run.Read);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"case {@case} of seed {Fuzz.Fuzz.Seed}", e);
            }
        });

        // What is never compressed is never wrong.
        Assert.InRange(compressed, all / 4, all);
    }

    private IActorRef Start(IActorRef parent, ISubscriberSocket socket) =>
        parent.Ask<IActorRef>(SubscriberActor.Props(socket, Subscription.Everything, Time)).Result;

    private sealed class Parent : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Props props)
            {
                Sender.Tell(Context.ActorOf(props));
            }
        }
    }
}
