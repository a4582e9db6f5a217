namespace PushNet.Bench.Servers;

/// <summary>Where servers keep their board during a run. What is in it is deleted at the end.</summary>
internal interface IStore : IDisposable
{
    /// <summary>The setting that leads a server to it.</summary>
    (string Name, string Value) Setting { get; }

    /// <summary>CPU time that processes of its own have used so far.</summary>
    CpuTime Cpu { get; }
}

/// <summary>The stores that there are.</summary>
internal enum StoreKind
{
    /// <summary>The board is in memory alone.</summary>
    None,

    /// <summary>A data directory.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database.</summary>
    Postgres,

    /// <summary>A log on one NATS server.</summary>
    Nats,

    /// <summary>A log on three NATS servers.</summary>
    Nats3,
}

/// <summary>Opens stores.</summary>
internal static class Stores
{
    /// <summary>Opens a new one.</summary>
    /// <returns>Null when the board is in memory alone.</returns>
    /// <exception cref="InvalidOperationException">It needs a program that is not there or does not start.</exception>
    public static async Task<IStore?> OpenAsync(StoreKind kind) => kind switch
    {
        StoreKind.Sqlite => new DataFolder(),
        StoreKind.Postgres => await PostgresDatabase.StartAsync(),
        StoreKind.Nats => await NatsServers.StartAsync(1),
        StoreKind.Nats3 => await NatsServers.StartAsync(3),
        _ => null,
    };
}
