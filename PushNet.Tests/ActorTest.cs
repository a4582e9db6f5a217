using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;
using PushNet.Web.Settings;

namespace PushNet.Tests;

/// <summary>
/// An actor system as the server sets it up, with a small subscriber queue where a test asks for one, and clocks that tests move.
/// </summary>
public abstract class ActorTest(int queueCapacity = 256, bool ownScheduler = false, string more = "")
    : TestKit(Setup(queueCapacity, ownScheduler, more))
{
    private protected FakeTimeProvider Time { get; } = new(Given.Now.WallClock);

    private protected TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    /// <summary>A parent whose children's messages come to the probe.</summary>
    private protected IActorRef ParentFor(TestProbe probe) => Sys.ActorOf(Props.Create(() => new ForwardingParent(probe)));

    private protected async Task<IActorRef> ChildOf(IActorRef parent, Props props) => await parent.Ask<IActorRef>(props);

    private static Config Setup(int queueCapacity, bool ownScheduler, string more) => ConfigurationFactory.ParseString($$"""
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF

        # Three seconds by default, which a busy machine may need for the first steps of a run.
        akka.test.single-expect-default = 30s
        {{(ownScheduler ? "akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"" : "")}}
        pushnet.subscriber-mailbox.capacity = {{queueCapacity}}
        {{more}}
        """).WithFallback(HoconFiles.Load());

    private sealed class ForwardingParent(IActorRef probe) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Props props)
            {
                Sender.Tell(Context.ActorOf(props));
            }
            else
            {
                probe.Forward(message);
            }
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);
    }
}
