using PushNet.Actors.Channels;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Web.Settings;

namespace PushNet.Web.Hosting;

/// <summary>Makes what the actors are given from the settings.</summary>
internal static class ActorSettings
{
    /// <summary>What the board holds at most.</summary>
    public static BoardLimits LimitsOf(PushNetOptions options) => new()
    {
        MaxGames = options.Limits.MaxGames,
        MaxOutcomes = options.Limits.MaxOutcomes,
        GameRetention = options.Limits.GameRetention,
        DemoRetention = options.Limits.DemoRetention,
    };

    /// <summary>When and for how long sources wait for the fan-out.</summary>
    public static HoldSettings HoldOf(PushNetOptions options) => new(options.FanOut.MaxHold, options.FanOut.MaxPendingEvents);

    /// <summary>How a publisher paces and compresses its fan-out. A batch holds no more events than the queue of a subscriber.</summary>
    public static FanOutSettings FanOutOf(PushNetOptions options) => new()
    {
        MaxBatchEvents = options.Limits.QueueCapacity,
        MaxBatchBytes = options.FanOut.MaxBatchBytes,
        MaxDelay = options.FanOut.MaxDelay,
        Rest = options.FanOut.Rest,
        MaxPendingEvents = options.FanOut.MaxPendingEvents,
        CompressionLevel = options.Sockets.CompressionLevel,
        CompressionCanary = options.Sockets.CompressionCanary,
    };
}
