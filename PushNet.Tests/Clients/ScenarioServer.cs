using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PushNet.Tests.Clients;

/// <summary>
/// Plays the scenarios: <c>/ws/odds?scenario=N</c> does to each connection what the row says, and <c>/scenarios</c> lists them for runners.
/// </summary>
internal sealed class ScenarioServer : IAsyncDisposable
{
    public const string Key = "key-of-the-scenarios";

    private const string Path = "/ws/odds";
    private const string SubProtocol = "pushnet.v1";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<int, Progress> _progress = new();
    private readonly ConcurrentQueue<string> _problems = new();

    private ScenarioServer(WebApplication app)
    {
        _app = app;
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.Map("/scenarios", () => Results.Text(new JsonArray([.. Scenario.All.Select(one => one.ForRunner)]).ToJsonString()));
        app.Map(Path, PlayAsync);
    }

    public string Authority => new Uri(_app.Urls.Single()).Authority;

    /// <summary>What clients did that they should not have, and scenarios that were not played to their end.</summary>
    public IEnumerable<string> Problems => _problems.Concat(
        from i in Enumerable.Range(0, Scenario.All.Count)
        let scenario = Scenario.All[i]
        let connections = _progress.TryGetValue(i, out var progress) ? progress.Connections : 0
        where connections != scenario.Connections.Count
        select $"{scenario.Name}: {connections} connections");

    public static async Task<ScenarioServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ScenarioServer(builder.Build());
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task PlayAsync(HttpContext context)
    {
        var number = int.Parse(context.Request.Query["scenario"].Single()!, null);
        var scenario = Scenario.All[number];
        var progress = _progress.GetOrAdd(number, _ => new Progress());
        CheckKey(context, scenario);
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await AnswerAsync(context, progress.Ask);
            return;
        }

        if (progress.Connections == scenario.Connections.Count)
        {
            _problems.Enqueue($"{scenario.Name}: came once more");
            await AnswerAsync(context, progress.Stop());
            return;
        }

        await HandshakeAsync(context, scenario, progress.Next(scenario));
    }

    private void CheckKey(HttpContext context, Scenario scenario)
    {
        var given = context.Request.Headers.Authorization is [{ } bearer]
            ? bearer : context.WebSockets.WebSocketRequestedProtocols.LastOrDefault() ?? "none";
        if (given != $"Bearer {Key}" && given != $"key.{Key}")
        {
            _problems.Enqueue($"{scenario.Name}: the key is {given}");
        }
    }

    private static Task HandshakeAsync(HttpContext context, Scenario scenario, JsonObject script) => script["handshake"] switch
    {
        null => ConverseAsync(context, scenario, script),
        JsonValue status when status.TryGetValue<int>(out _) => AnswerAsync(context, new JsonObject { ["status"] = status.DeepClone() }),
        { } word when word.GetValue<string>() == "silence" => GoneAsync(context),
        _ => AbortAsync(context),
    };

    private static async Task ConverseAsync(HttpContext context, Scenario scenario, JsonObject script)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = context.WebSockets.WebSocketRequestedProtocols.Contains(SubProtocol) ? SubProtocol : null,
            DangerousEnableCompression = scenario.IsCompressed,
        });
        if (scenario.IsCompressed && !context.Response.Headers.ContainsKey("Sec-WebSocket-Extensions"))
        {
            throw new InvalidOperationException($"{scenario.Name}: no compression was offered");
        }

        if (await new ScenarioConversation(socket, script).PlayAsync(context.RequestAborted))
        {
            context.Abort();
        }
    }

    private static async Task AnswerAsync(HttpContext context, JsonNode? answer)
    {
        var status = answer?["status"]?.GetValue<int>() ?? StatusCodes.Status426UpgradeRequired;
        if (status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = answer?["retry_after"]?.GetValue<string>();
        await context.Response.WriteAsync(answer?["body"] switch
        {
            null => "",
            JsonValue text => text.GetValue<string>(),
            var body => body.ToJsonString(),
        });
    }

    private static Task AbortAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task GoneAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    /// <summary>How far a scenario is.</summary>
    private sealed class Progress
    {
        public int Connections { get; private set; }

        /// <summary>The answer to a plain GET.</summary>
        public JsonNode? Ask { get; private set; }

        public JsonObject Next(Scenario scenario)
        {
            var script = scenario.Connections[Connections++];
            Ask = script["ask"];
            return script;
        }

        public JsonNode Stop() => Ask = new JsonObject { ["status"] = StatusCodes.Status404NotFound };
    }
}
