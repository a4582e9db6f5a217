using static PushNet.Web.Settings.SettingsRules;

namespace PushNet.Web.Settings;

/// <summary>The rules for how much the server takes at once, and for how long.</summary>
internal static class LimitRules
{
    /// <summary>The most that <c>limits.max-games</c> may be.</summary>
    public const int MostGames = 10_000_000;

    /// <summary>The most that <c>limits.max-outcomes</c> may be.</summary>
    public const int MostOutcomes = 100_000_000;

    /// <summary>The most that <c>data.log.max-connections</c> may be.</summary>
    public const int MostSharedConnections = 100_000_000;

    /// <summary>The least that a retention may be.</summary>
    public static readonly TimeSpan LeastRetention = TimeSpan.FromSeconds(1);

    /// <summary>The most that a retention may be.</summary>
    public static readonly TimeSpan MostRetention = TimeSpan.FromDays(365);

    /// <summary>Checks them; the first that is wrong is named.</summary>
    /// <exception cref="SettingsException">A value can't be used.</exception>
    public static void Check(PushNetOptions options)
    {
        var limits = options.Limits;
        InRange("Limits:MaxConnections", limits.MaxConnections, 1, 1_000_000);
        InRange("Limits:MaxConnectionsPerAddress", limits.MaxConnectionsPerAddress, 0, 1_000_000);
        InRange("Limits:MaxFailuresPerAddress", limits.MaxFailuresPerAddress, 0, 1_000_000);
        InRange("Limits:QueueCapacity", limits.QueueCapacity, 2, 65_536);
        InRange("Limits:MaxFilters", limits.MaxFilters, 1, 100_000);
        InRange("Limits:FilterShare", limits.FilterShare, 0.001, 1);
        if (limits.SocketSendBuffer != 0)
        {
            InRange("Limits:SocketSendBuffer", limits.SocketSendBuffer, 4096, 16 * 1024 * 1024);
        }

        InRange("Limits:GameRetention", limits.GameRetention, LeastRetention, MostRetention);
        InRange("Limits:DemoRetention", limits.DemoRetention, LeastRetention, MostRetention);
        InRange("Limits:MaxSnapshotBytes", limits.MaxSnapshotBytes, 1024 * 1024, 4_000_000_000);
        InRange("Limits:MaxGames", limits.MaxGames, 1, MostGames);
        InRange("Limits:MaxOutcomes", limits.MaxOutcomes, 1, MostOutcomes);
        InRange("Http:HeaderTimeout", options.Http.HeaderTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        InRange("Http:IdleTimeout", options.Http.IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        InRange("KeepAlive:Interval", options.KeepAlive.Interval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        InRange("KeepAlive:Timeout", options.KeepAlive.Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        InRange("Drain:Window", options.Drain.Window, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        InRange("FanOut:MaxBatchBytes", options.FanOut.MaxBatchBytes, 1024, 1024 * 1024);
        InRange("FanOut:MaxDelay", options.FanOut.MaxDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10));
        InRange("FanOut:Rest", options.FanOut.Rest, 0, 10);
        InRange("FanOut:MaxPendingEvents", options.FanOut.MaxPendingEvents, 256, 1_000_000);
        InRange("FanOut:MaxHold", options.FanOut.MaxHold, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        InRange("Record:MaxBytes", options.Record.MaxBytes, 65_536, 1_000_000_000_000);
    }
}
