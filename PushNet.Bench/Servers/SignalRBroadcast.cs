using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace PushNet.Bench.Servers;

/// <summary>A SignalR hub that sends each event to all clients.</summary>
internal sealed class SignalRBroadcast(IHubContext<SignalRBroadcast.EventHub> hub) : IBroadcast
{
    public void Map(WebApplication app) => app.MapHub<EventHub>("/hub");

    public async ValueTask SendAsync(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        await hub.Clients.All.SendAsync("event", document.RootElement);
    }

    internal sealed class EventHub : Hub;
}
