using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Commands.Ops;
using PushNet.Web.Operators.Commands;

namespace PushNet.Tests.Commands;

public sealed class OpsCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Answers_are_tables_trees_or_json()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        await server.IngestAsync(Lines.Game("g1"));
        using var client = await server.JoinAsync("live");

        var channels = await Ok(server, "channel", "list");
        Assert.Matches(@"(?m)^\s*channel\s+subscribers\s", channels);
        Assert.Matches(@"(?m)^\s*live\s+1\s", channels);
        Assert.Contains("game-state (GameStateActor) mailbox 0", await Ok(server, "actor", "tree"));
        var status = await Ok(server, "server", "status");
        Assert.Matches(@"(?m)^\s*connections\s+1\s*$", status);
        Assert.Matches(@"(?m)^\s*working_set_bytes\s+[0-9.]+ [MG]B\s*$", status);
        Assert.Matches(@"(?m)^\s*1\s+live\s+all\s", await Ok(server, "subscriber", "top", "--by", "age", "--count", "5"));
        var game = JsonDocument.Parse(await Ok(server, "game", "show", "g1", "--json")).RootElement;
        Assert.Equal("g1", game.GetProperty("game").GetProperty("game_id").GetString());
    }

    [Fact]
    public async Task What_goes_wrong_is_a_sentence_and_exit_code_1()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);

        Assert.Contains(
            "answers 404: connection 99 is not open", await Fails(server.OperatorUrl!, PushServer.Key, "subscriber", "kick", "99"));
        Assert.Contains(
            "answers 401: this key does not have the scope", await Fails(server.OperatorUrl!, PushServer.LiveOnlyKey, "feed", "list"));
        Assert.Contains("\uFFFD[2J", await Fails(server.OperatorUrl!, PushServer.Key, "game", "show", "\u001b[2J"));
        Assert.Contains("can't be reached", await Fails(new Uri("http://127.0.0.1:1"), PushServer.Key, "feed", "list"));
        Assert.Contains(
            "answers 409: this server shares its board with no other",
            await Fails(server.OperatorUrl!, PushServer.Key, "board-log", "repair"));
        Assert.Contains("beauty", await Fails(server.OperatorUrl!, PushServer.Key, "subscriber", "top", "--by", "beauty"));
    }

    [Fact]
    public async Task Watch_asks_again_until_it_is_ended()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var end = new CancellationTokenSource();
        var output = new CountingWriter();

        var watching = Parse(server.OperatorUrl!, PushServer.Key, ["server", "status", "--watch", "0.1"])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = output, ProcessTerminationTimeout = null }, end.Token);
        await Eventually.True(() => Task.FromResult(output.Shown >= 3));
        await end.CancelAsync();

        Assert.Equal(0, await watching);
        Assert.Contains("deliveries/s", output.ToString());
    }

    [Fact]
    public void What_grows_is_shown_by_how_fast_it_does()
    {
        var (before, now) = (
            JsonNode.Parse("""[{"channel":"live","bytes":10,"subscribers":1},{"channel":"odds","bytes":1000,"subscribers":1}]"""),
            JsonNode.Parse("""[{"channel":"odds","bytes":4000,"subscribers":2},{"channel":"new","bytes":1,"subscribers":2}]"""));

        var shown = AnswerRates.Add(now, before, TimeSpan.FromSeconds(2));

        Assert.Equal(
            """[{"channel":"odds","bytes/s":1500,"subscribers":2},"""
                + """{"channel":"new","bytes/s":null,"subscribers":2}]""",
            shown!.ToJsonString());
        var one = AnswerRates.Add(now![0], before![1], TimeSpan.FromSeconds(2))!;
        Assert.Equal((4000, 1500.0), ((int)one["bytes"]!, (double)one["bytes/s"]!));
        Assert.Null(AnswerRates.Add(before[0], now[0], TimeSpan.FromSeconds(2))!["bytes/s"]);
        Assert.True(JsonNode.DeepEquals(now, AnswerRates.Add(now, JsonNode.Parse("{}"), TimeSpan.FromSeconds(2))));
    }

    [Theory]
    [InlineData("bytes", 999, "999 B")]
    [InlineData("heap_bytes", 12_345_678, "12.35 MB")]
    [InlineData("bytes/s", 1500, "1.5 kB/s")]
    [InlineData("uptime_s", 45_000, "12 h")]
    [InlineData("age_s", 90, "90 s")]
    [InlineData("cpu_s", 300, "300 s")]
    [InlineData("lag_ms", 1200, "1,200 ms")]
    [InlineData("deliveries/s", 500_000, "500,000/s")]
    [InlineData("games", 12_345, null)]
    public void Numbers_with_a_unit_are_shown_as_people_read_them(string field, double value, string? shown) =>
        Assert.Equal(shown, AnswerUnits.Of(field, value));

    [Fact]
    public async Task Watch_goes_on_through_an_outage_and_ends_with_the_key()
    {
        var answers = new Queue<(int Status, string Body)>(
            [(200, "[]"), (503, """{"error":"busy"}"""), (200, "[]"), (401, """{"error":"expired"}""")]);
        await using var server = await StartAsync(context =>
        {
            var (status, body) = answers.Dequeue();
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });

        var text = await Fails(new Uri(server.Urls.Single()), PushServer.Key, "feed", "list", "--watch", "0.1");

        Assert.Matches("(?s)^none.*answers 503: busy.*none.*answers 401: expired", text);
    }

    [Fact]
    public async Task A_flag_is_its_name_alone()
    {
        var asked = new List<string>();
        await using var server = await StartAsync(context =>
        {
            asked.Add(context.Request.Method + context.Request.QueryString);
            return context.Response.WriteAsync("{}");
        });

        await Run(new Uri(server.Urls.Single()), PushServer.Key, ["board-log", "repair", "--force"]);
        await Run(new Uri(server.Urls.Single()), PushServer.Key, ["board-log", "repair"]);

        Assert.Equal(["POST?force=true", "POST"], asked);
    }

    [Fact]
    public async Task Watch_does_not_repeat_what_changes_something() =>
        Assert.Contains(
            "server drain changes something", await Fails(new Uri("http://127.0.0.1:1"), PushServer.Key, "server", "drain", "--watch"));

    [Fact]
    public async Task What_feeders_send_does_not_command_the_terminal()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        await server.IngestAsync(Lines.Game("g1").Replace("\"Away\"", """ "\u001b[31mAway" """, StringComparison.Ordinal));

        var games = await Ok(server, "game", "list");

        Assert.Contains("\uFFFD[31mAway", games);
        Assert.DoesNotContain('\u001b', games);
    }

    [Fact]
    public void Names_complete()
    {
        var completions = new RootCommand { OpsCommand.Create() }.Parse("ops subscriber ").GetCompletions().Select(one => one.Label);

        Assert.Contains("top", completions);
        Assert.Contains("kick", completions);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Counts the empty lines after answers.</summary>
    private sealed class CountingWriter : StringWriter
    {
        private int _shown;

        public int Shown => Volatile.Read(ref _shown);

        public override void WriteLine() => Interlocked.Increment(ref _shown);
    }

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(answer);
        await server.StartAsync();
        return server;
    }

    private async Task<string> Ok(PushServer server, params string[] arguments)
    {
        var (code, text) = await Run(server.OperatorUrl!, PushServer.Key, arguments);
        Assert.True(code == 0, text);
        return text;
    }

    private async Task<string> Fails(Uri url, string key, params string[] arguments)
    {
        var (code, text) = await Run(url, key, arguments);
        Assert.Equal(1, code);
        return text;
    }

    private async Task<(int Code, string Text)> Run(Uri url, string key, string[] arguments)
    {
        var output = new StringWriter();
        var code = await Parse(url, key, arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = output });
        return (code, output.ToString());
    }

    private ParseResult Parse(Uri url, string key, string[] arguments)
    {
        var file = _folder.File(key);
        File.WriteAllText(file, key);
        return new RootCommand { OpsCommand.Create() }.Parse(["ops", .. arguments, "--url", url.ToString(), "--key-file", file]);
    }
}
