using Akka.Configuration;
using Akka.Dispatch;

namespace PushNet.Actors.Subscribers;

/// <summary>
/// Runs a subscriber on the thread that told it something, instead of queueing a work item for each of 20,000
/// subscribers and each batch. It suits actors that never block: a subscriber's write that does not end at once
/// suspends its mailbox and gives the thread back. Configured by <c>pushnet.subscriber-dispatcher</c> in HOCON.
/// </summary>
public sealed class CallerDispatcher : MessageDispatcherConfigurator
{
    /// <summary>The dispatcher's id: its path in HOCON.</summary>
    public const string Id = "pushnet.subscriber-dispatcher";

    private readonly OnTheCallersThread _dispatcher;

    /// <summary>Called by Akka.</summary>
    /// <param name="config">The section of <see cref="Id"/>.</param>
    /// <param name="prerequisites">The actor system's dispatchers.</param>
    public CallerDispatcher(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _dispatcher = new OnTheCallersThread(this);

    /// <inheritdoc />
    public override MessageDispatcher Dispatcher() => _dispatcher;

    private sealed class OnTheCallersThread(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
    {
        protected override void ExecuteTask(IRunnable run)
        {
            // The caller's synchronization context would catch the continuations that belong to the actor.
            var callers = SynchronizationContext.Current;
            if (callers is null)
            {
                run.Run();
                return;
            }

            SynchronizationContext.SetSynchronizationContext(null);
            try
            {
                run.Run();
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(callers);
            }
        }

        protected override void Shutdown()
        {
        }
    }
}
