using Akka.Hosting;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;

namespace PushNet.Actors.State;

/// <summary>Wiring of the <see cref="GameStateActor"/>.</summary>
public static class GameStateSetup
{
    /// <summary>Starts the game state at <c>/user/game-state</c>.</summary>
    /// <param name="builder">The actor system's builder.</param>
    /// <param name="limits">What the board holds at most.</param>
    /// <param name="hold">When and for how long sources wait for the fan-out.</param>
    /// <param name="journal">How the board is kept on disk; null when it is not.</param>
    /// <param name="keeping">How the board is kept otherwise; null when it is not.</param>
    public static AkkaConfigurationBuilder WithGameState(
        this AkkaConfigurationBuilder builder,
        BoardLimits limits,
        HoldSettings hold,
        JournalSettings? journal,
        BoardKeeping? keeping = null)
    {
        object[] given = [.. new object?[] { limits, hold, journal, keeping }.OfType<object>()];
        return builder.WithActors((system, registry, resolver) => registry.Register<GameStateActor>(
            system.ActorOf(resolver.Props<GameStateActor>(given), GameStateActor.Name)));
    }
}
