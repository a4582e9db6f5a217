using Akka.Actor;
using PushNet.Actors.Admission;
using PushNet.Actors.State;

namespace PushNet.Actors;

/// <summary>
/// Decides what happens to a top-level actor that fails. The game state and the limiter hold what must not be lost, so they go on with
/// the next message. The others are restarted, and the subscribers of a publisher are closed with 1012 then.
/// </summary>
public sealed class GuardianStrategy : SupervisorStrategyConfigurator
{
    private static readonly HashSet<string> Keepers = [GameStateActor.Name, ConnectionLimiter.Name];

    /// <inheritdoc />
    public override SupervisorStrategy Create() => new ByName();

    private sealed class ByName() : OneForOneStrategy(_ => Directive.Restart)
    {
        protected override Directive Handle(IActorRef child, Exception exception) =>
            Keepers.Contains(child.Path.Name) ? Directive.Resume : base.Handle(child, exception);
    }
}
