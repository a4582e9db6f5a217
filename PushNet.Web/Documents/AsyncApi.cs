using System.Text.Json.Nodes;
using PushNet.Actors.Subscriptions;
using PushNet.Web.Http;
using PushNet.Web.Security;
using PushNet.Web.Sockets;

namespace PushNet.Web.Documents;

/// <summary>
/// The two channels, over WebSockets and as event streams, as an AsyncAPI 3 document. It describes a client, which receives frames and may
/// send pings.
/// </summary>
internal static class AsyncApi
{
    /// <summary>The last event of an event stream that the server ends.</summary>
    private const string Closed = "closed";

    private const string WebSockets = "WebSockets";
    private const string EventStreams = "Event streams";

    public static JsonObject Document()
    {
        var channels = new[] { PushProtocol.Messages, PushProtocol.Events }.SelectMany(
            protocol => new[] { PushChannel.Live, PushChannel.Odds }.Select(channel => new Address(protocol, channel))).ToList();
        return new JsonObject
        {
            ["asyncapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "PushNet channels",
                ["version"] = ServerVersion.Release,
                ["description"] = "Live scores and odds over WebSockets. Every frame from the server is a text frame with one JSON object. "
                    + "The first frame is a welcome, and the second is a snapshot. The deltas that follow continue the snapshot without "
                    + "a gap. Below /sse, each frame is a server-sent event: its type is the event, its seq the id, and its JSON the "
                    + "data. This document describes a client: what it receives, and what it may send.",
                ["license"] = new JsonObject { ["name"] = OpenApi.License },
                ["tags"] = new JsonArray(
                    Tag(WebSockets, "Two addresses at which frames are WebSocket messages."),
                    Tag(EventStreams, "The same two channels as server-sent events.")),
            },
            ["servers"] = new JsonObject
            {
                ["ws"] = Server("ws", "Without TLS"),
                ["wss"] = Server("wss", "With TLS"),
                ["http"] = Server("http", "Without TLS"),
                ["https"] = Server("https", "With TLS"),
            },
            ["defaultContentType"] = "application/json",
            ["channels"] = new JsonObject(channels.Select(channel => Pair(channel.Name, Channel(channel)))),
            ["operations"] = new JsonObject(channels.SelectMany(Operations)),
            ["components"] = new JsonObject
            {
                ["messages"] = new JsonObject([.. FrameSchemas.All.Select(frame => Pair(frame.Type, Message(frame.Type, frame.Schema))),
                    Pair("ping", Message("ping", FrameSchemas.Ping)), Pair(Closed, ClosedMessage())]),
                ["schemas"] = new JsonObject([
                    .. BoardSchemas.All.Select(shared => Pair(shared.Name, shared.Schema)),
                    .. FrameSchemas.All.Select(frame => Pair(FrameSchemas.NameOf(frame.Type), frame.Schema)),
                    Pair(FrameSchemas.NameOf("ping"), FrameSchemas.Ping)]),
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                    ["query"] = new JsonObject { ["type"] = "httpApiKey", ["name"] = KeyCarrier.QueryKey, ["in"] = "query" },
                },
            },
        };
    }

    private static JsonObject Server(string protocol, string description) => new()
    {
        ["host"] = "{host}",
        ["protocol"] = protocol,
        ["description"] = description,
        ["variables"] = new JsonObject
        {
            ["host"] = new JsonObject { ["default"] = "127.0.0.1:8080", ["description"] = "The name of the server, and its port" },
        },
    };

    private static IEnumerable<string> ReceivedAt(Address address) => FrameSchemas.All.Select(frame => frame.Type)
        .Where(type => address.Channel.CarriesPrices || !FrameSchemas.IsForOddsOnly(type))
        .Where(type => address.IsWebSocket || !FrameSchemas.IsAnswer(type))
        .Concat(address.IsWebSocket ? [] : [Closed]);

    private static JsonObject Channel(Address address)
    {
        string[] servers = address.IsWebSocket ? ["ws", "wss"] : ["http", "https"];
        var channel = new JsonObject
        {
            ["address"] = $"/{address.Protocol.Root}/{address.Channel.Name}",
            ["description"] = address.Channel.CarriesPrices
                ? "Game state and every price change." : "Game state only. The channel is silent when nothing happens.",
            ["tags"] = new JsonArray(Tag(address.IsWebSocket ? WebSockets : EventStreams)),
            ["servers"] = new JsonArray([.. servers.Select(server => Ref($"#/servers/{server}"))]),
            ["messages"] = new JsonObject(ReceivedAt(address).Concat(address.IsWebSocket ? ["ping"] : [])
                .Select(type => Pair(type, Ref($"#/components/messages/{type}")))),
        };
        if (address.IsWebSocket)
        {
            channel["bindings"] = new JsonObject { ["ws"] = Get(address) };
        }

        return channel;
    }

    private static JsonObject Get(Address address) => new()
    {
        ["method"] = "GET",
        ["query"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(
                SubscriptionQuery.KeysOf(address.Channel).Select(key => Pair(key, new JsonObject { ["type"] = "string" }))),
            ["additionalProperties"] = false,
        },
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Operations(Address address)
    {
        var receive = Operation(
            address.Name, "receive", "What a client receives", "A welcome, a snapshot, and then what changes.", ReceivedAt(address));
        yield return Pair($"receive_{address.Name}", receive);
        if (address.IsWebSocket)
        {
            yield return Pair($"send_{address.Name}", Operation(
                address.Name, "send", "What a client may send", "A ping, which the server answers with a pong and its time.", ["ping"]));
        }
        else
        {
            receive["bindings"] = new JsonObject { ["http"] = Get(address) };
        }
    }

    private static JsonObject Operation(string channel, string action, string summary, string about, IEnumerable<string> types) => new()
    {
        ["action"] = action,
        ["channel"] = Ref($"#/channels/{channel}"),
        ["summary"] = summary,
        ["description"] = about,
        ["security"] = new JsonArray(Ref("#/components/securitySchemes/bearer"), Ref("#/components/securitySchemes/query")),
        ["messages"] = new JsonArray([.. types.Select(type => Ref($"#/channels/{channel}/messages/{type}"))]),
    };

    private static JsonObject Message(string type, JsonObject schema) => new()
    {
        ["name"] = type,
        ["title"] = schema["description"]!.DeepClone(),
        ["payload"] = JsonSchema.Ref(FrameSchemas.NameOf(type)),
    };

    // It is not a frame, so no client has a type for it.
    private static JsonObject ClosedMessage() => new()
    {
        ["name"] = Closed,
        ["title"] = "The server ends the stream; the last event",
        ["payload"] = JsonSchema.Object(
            "Why the server ends the stream",
            new("code", JsonSchema.Integer("The close code, as over a WebSocket")),
            new("reason", JsonSchema.String("The reason"))),
    };

    private static JsonObject Tag(string name, string? description = null) =>
        description is null ? new() { ["name"] = name } : new() { ["name"] = name, ["description"] = description };

    private static JsonObject Ref(string path) => new() { ["$ref"] = path };

    private static KeyValuePair<string, JsonNode?> Pair(string name, JsonNode value) => KeyValuePair.Create(name, (JsonNode?)value);

    /// <summary>Where a channel is.</summary>
    private sealed record Address(PushProtocol Protocol, PushChannel Channel)
    {
        public bool IsWebSocket => Protocol == PushProtocol.Messages;

        public string Name => IsWebSocket ? Channel.Name : $"{Channel.Name}_{Protocol.Root}";
    }
}
