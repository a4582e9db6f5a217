namespace PushNet.Tests.EndToEnd.Conformance;

/// <summary>One server for all tests of a class. At its end no connection may be left.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    internal PushServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PushServer.StartAsync();

    public async Task DisposeAsync()
    {
        await Server.UntilConnectionsAre(0);
        await Server.DisposeAsync();
    }

    /// <summary>A client that has joined and got its snapshot.</summary>
    internal async Task<RawClient> JoinAsync() => await (await Server.ConnectAsync()).JoinAsync("live");
}
