using System.Text.Json.Nodes;
using PushNet.Actors.Subscriptions;
using PushNet.Web.Http;
using PushNet.Web.Security;
using PushNet.Web.Sockets;

namespace PushNet.Web.Documents;

/// <summary>The two channels as an AsyncAPI 3 document. It describes a client, which receives frames and may send pings.</summary>
internal static class AsyncApi
{
    public static JsonObject Document()
    {
        PushChannel[] channels = [PushChannel.Live, PushChannel.Odds];
        return new JsonObject
        {
            ["asyncapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "PushNet channels",
                ["version"] = ServerVersion.Release,
                ["description"] = "Live scores and odds over WebSockets. Every frame from the server is a text frame with one JSON object. "
                    + "The first frame is a welcome, and the second is a snapshot. The deltas that follow continue the snapshot without "
                    + "a gap. This document describes a client: what it receives, and what it may send.",
                ["license"] = new JsonObject { ["name"] = OpenApi.License },
                ["tags"] = new JsonArray(
                    new JsonObject { ["name"] = "scores", ["description"] = "Game state" },
                    new JsonObject { ["name"] = "odds", ["description"] = "Prices" }),
            },
            ["servers"] = new JsonObject { ["tls"] = Server("wss", "With TLS"), ["plain"] = Server("ws", "Without TLS") },
            ["defaultContentType"] = "application/json",
            ["channels"] = new JsonObject(channels.Select(channel => Pair(channel.Name, Channel(channel)))),
            ["operations"] = new JsonObject(channels.SelectMany(channel => Operations(channel.Name, channel.CarriesPrices))),
            ["components"] = new JsonObject
            {
                ["messages"] = new JsonObject([.. FrameSchemas.All.Select(frame => Pair(frame.Type, Message(frame.Type, frame.Schema))),
                    Pair("ping", Message("ping", FrameSchemas.Ping))]),
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

    private static IEnumerable<string> TypesOf(bool carriesPrices) =>
        FrameSchemas.All.Select(frame => frame.Type).Where(type => carriesPrices || !FrameSchemas.IsForOddsOnly(type));

    private static JsonObject Channel(PushChannel channel) => new()
    {
        ["address"] = $"/ws/{channel.Name}",
        ["description"] = channel.CarriesPrices
            ? "Game state and every price change." : "Game state only. The channel is silent when nothing happens.",
        ["messages"] = new JsonObject(
            TypesOf(channel.CarriesPrices).Append("ping").Select(type => Pair(type, Ref($"#/components/messages/{type}")))),
        ["bindings"] = new JsonObject { ["ws"] = new JsonObject { ["method"] = "GET", ["query"] = Query(channel) } },
    };

    private static JsonObject Query(PushChannel channel) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(SubscriptionQuery.KeysOf(channel).Select(key => Pair(key, new JsonObject { ["type"] = "string" }))),
        ["additionalProperties"] = false,
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Operations(string channel, bool carriesPrices)
    {
        yield return Pair($"receive_{channel}", Operation(
            channel, "receive", "What a client receives", "A welcome, a snapshot, and then what changes.", TypesOf(carriesPrices)));
        yield return Pair($"send_{channel}", Operation(
            channel, "send", "What a client may send", "A ping, which the server answers with a pong and its time.", ["ping"]));
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

    private static JsonObject Ref(string path) => new() { ["$ref"] = path };

    private static KeyValuePair<string, JsonNode?> Pair(string name, JsonNode value) => KeyValuePair.Create(name, (JsonNode?)value);
}
