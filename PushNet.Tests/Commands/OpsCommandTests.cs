using System.CommandLine;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Commands.Ops;

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
        Assert.Matches(@"(?m)^\s*connections\s+1\s*$", await Ok(server, "server", "status"));
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
        Assert.Contains("beauty", await Fails(server.OperatorUrl!, PushServer.Key, "subscriber", "top", "--by", "beauty"));
    }

    [Fact]
    public async Task Watch_asks_again_until_it_is_ended()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var end = new CancellationTokenSource();
        var output = new CountingWriter();

        var watching = Parse(server.OperatorUrl!, PushServer.Key, ["feed", "list", "--watch", "0.1"])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = output, ProcessTerminationTimeout = null }, end.Token);
        await Eventually.True(() => Task.FromResult(output.Shown >= 3));
        await end.CancelAsync();

        Assert.Equal(0, await watching);
    }

    [Fact]
    public async Task Watch_goes_on_through_an_outage_and_ends_with_the_key()
    {
        var answers = new Queue<(int Status, string Body)>(
            [(200, "[]"), (503, """{"error":"busy"}"""), (200, "[]"), (401, """{"error":"expired"}""")]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(context =>
        {
            var (status, body) = answers.Dequeue();
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });
        await server.StartAsync();

        var text = await Fails(new Uri(server.Urls.Single()), PushServer.Key, "feed", "list", "--watch", "0.1");

        Assert.Matches("(?s)^none.*answers 503: busy.*none.*answers 401: expired", text);
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
