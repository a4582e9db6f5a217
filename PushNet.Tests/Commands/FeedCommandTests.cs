using System.CommandLine;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Commands.Feed;

namespace PushNet.Tests.Commands;

public sealed class FeedCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_sent_whole_and_its_summary_told()
    {
        await using var server = await PushServer.StartAsync();

        var (code, output, error) = await Feed(server.Url, [Lines.Game("g1"), .. Lines.MovingPrices("g1", 5000), Lines.Game("g1")]);

        Assert.Equal((0, ""), (code, error));
        Assert.Equal("5002 lines: 5001 applied, 1 unchanged, 0 stale, 0 rejected", output.Trim());
        Assert.Equal(5001, (await server.GetJsonAsync("/v1/games/live")).GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task A_rejected_line_is_told_with_its_number_in_the_file()
    {
        await using var server = await PushServer.StartAsync();

        var (code, output, error) = await Feed(server.Url, [Lines.Game("g1"), "", .. Lines.MovingPrices("g1", 1000), "nonsense"]);

        Assert.Equal(1, code);
        Assert.StartsWith("line 1003: not valid JSON", error);
        Assert.EndsWith("1 rejected", output.Trim());
    }

    [Fact]
    public async Task A_hostile_line_does_not_command_the_terminal()
    {
        await using var server = await PushServer.StartAsync();

        var (_, _, error) = await Feed(server.Url, ["""{"type":"\u001b]0;title\u0007\nline 7: \u009b31m"}"""]);

        Assert.StartsWith("line 1: type is \"\uFFFD]0;title\uFFFD\uFFFDline 7: \uFFFD31m\"; it must be \"game\", \"price\"", error);
    }

    [Fact]
    public async Task What_is_wrong_with_the_key_or_the_address_is_said()
    {
        await using var server = await PushServer.StartAsync();

        Assert.Contains("401", (await Feed(server.Url, [Lines.Game("g1")], PushServer.LiveOnlyKey)).Error);
        Assert.Contains("There is no key. Set PUSHNET_KEY", (await Feed(server.Url, [Lines.Game("g1")], key: " ")).Error);
        Assert.Contains("can't be reached", (await Feed(new Uri("http://127.0.0.1:1"), [Lines.Game("g1")])).Error);
    }

    [Fact]
    public async Task When_sending_breaks_off_it_says_how_far_the_file_was_taken()
    {
        await using var server = await PushServer.StartAsync();
        await using var target = new BreaksAfter(new ServerTarget(server.Url, PushServer.Key), groups: 2);
        var sender = new FileSender(target);
        using var stream = new MemoryStream(
            System.Text.Encoding.UTF8.GetBytes(string.Join('\n', [Lines.Game("g1"), .. Lines.MovingPrices("g1", 5000)])));

        await Assert.ThrowsAsync<IOException>(() => sender.SendAsync(stream, _ => { }));

        Assert.Equal((sender.Counts.Lines, sender.Counts.Applied),
            (sender.LastLine, (await server.GetJsonAsync("/v1/games/live")).GetProperty("seq").GetInt64()));
        Assert.InRange(sender.LastLine, 1, 1024);
    }

    [Fact]
    public async Task Lines_that_a_stopping_server_did_not_read_do_not_count_as_taken()
    {
        await using var target = new TakesThree();
        var sender = new FileSender(target);
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Lines.MovingPrices("g1", 11))));

        var error = await Assert.ThrowsAsync<IOException>(() => sender.SendAsync(stream, _ => { }));

        Assert.Equal("the server took 3 of 10 lines and ended the request; it is stopping", error.Message);
        Assert.Equal((3L, 3L), (sender.LastLine, sender.Counts.Lines));
    }

    private async Task<(int Code, string Output, string Error)> Feed(Uri url, IEnumerable<string> lines, string key = PushServer.Key)
    {
        var (file, keyFile) = (_folder.File("feed.ndjson"), _folder.File("key"));
        await File.WriteAllLinesAsync(file, lines);
        await File.WriteAllTextAsync(keyFile, key + "\n");
        return await Run(file, "--url", url.ToString(), "--key-file", keyFile);
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var root = new RootCommand { FeedCommand.Create() };
        var code = await root.Parse(["feed", .. arguments]).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private sealed class TakesThree : IFeedTarget
    {
        public string Describe(FeedCounts counts) => "";

        public Task<Web.Ingest.IngestSummary> SendAsync(IReadOnlyList<Actors.Feed.FeedLine> lines) =>
            Task.FromResult(new Web.Ingest.IngestSummary(3, 3, 0, 0, 0, [], null, null));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class BreaksAfter(IFeedTarget inner, int groups) : IFeedTarget
    {
        private int _left = groups;

        public string Describe(FeedCounts counts) => inner.Describe(counts);

        public Task<Web.Ingest.IngestSummary> SendAsync(IReadOnlyList<Actors.Feed.FeedLine> lines) =>
            _left-- > 0 ? inner.SendAsync(lines) : throw new IOException("broken off");

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
