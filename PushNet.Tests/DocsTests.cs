using System.Text.Json;
using System.Text.RegularExpressions;
using Akka.Configuration;
using Microsoft.Extensions.Configuration;
using PushNet.Actors.Feed;
using PushNet.Actors.Games;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;
using PushNet.Web.Settings;

namespace PushNet.Tests;

/// <summary>Keeps README and docs true where a machine can tell.</summary>
public partial class DocsTests
{
    /// <summary>The folder of the solution.</summary>
    internal static readonly string Root = FindRoot();

    /// <summary>README and every page, by paths from the root.</summary>
    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Root, "README.md"))
            .Select(file => Path.GetRelativePath(Root, file))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_json_example_parses(string page)
    {
        foreach (var example in ExamplesOf(page))
        {
            using var json = JsonDocument.Parse(example);
        }
    }

    /// <summary>What frames have besides the names that they always have.</summary>
    private static readonly string[] WrittenWhenSet = ["periods", "reason", "main"];

    [Fact]
    public void Every_frame_is_shown_with_the_keys_the_encoder_writes()
    {
        var shown = new HashSet<string>();
        var written = WrittenFrames();
        foreach (var example in ExamplesOf("docs/protocol.md"))
        {
            using var json = JsonDocument.Parse(example);
            if (json.RootElement.TryGetProperty("type", out var type))
            {
                shown.Add(type.GetString()!);
                Assert.True(written.TryGetValue(type.GetString()!, out var names), $"no frame is of type {type}");
                Assert.Equal(names, NamesOf(json.RootElement)
                    .Where(name => names.Contains(name) || !name.Split('.').Intersect(WrittenWhenSet).Any()));
            }
        }

        Assert.Equal(written.Keys.Order(), shown.Order());
    }

    [Fact]
    public void Every_observation_in_feeding_is_taken()
    {
        var observations = ExamplesOf("docs/feeding.md").Where(example => example.StartsWith("{\"type\"", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(observations);
        Assert.All(observations, line => Assert.Null(FeedParser.Parse(new FeedLine(1, System.Text.Encoding.UTF8.GetBytes(line))).Error));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_setting_that_is_named_exists(string page)
    {
        var hocon = ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(Root, "hocon", "pushnet.hocon")));
        var settings = new ConfigurationBuilder().Add(new HoconConfigurationSource(hocon)).Build().AsEnumerable()
            .Where(setting => setting.Value is not null)
            .Select(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal))
            .ToHashSet();
        Assert.Contains("PushNet__Limits__MaxConnections", settings);

        var unknown = SettingName().Matches(Read(page)).Select(match => match.Value)
            .Select(name => FeedNumber().Replace(name, "PushNet__Feed__"))
            .Where(name => !settings.Contains(name) && !ApiKeyField().IsMatch(name));
        Assert.Empty(unknown);
    }

    /// <summary>The JavaScript of a page, block by block.</summary>
    internal static IEnumerable<string> ScriptsOf(string page) =>
        ScriptFence().Matches(Read(page)).Select(match => match.Groups["js"].Value);

    /// <summary>The full path of a file of the repository.</summary>
    internal static string PathOf(string fromRoot) => Path.Combine(Root, fromRoot);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PushNet.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("PushNet.sln is in no folder above the tests");
    }

    private static string Read(string page) => File.ReadAllText(Path.Combine(Root, page));

    private static IEnumerable<string> ExamplesOf(string page) =>
        JsonFence().Matches(Read(page)).Select(match => match.Groups["json"].Value.Trim());

    /// <summary>By type, the names in a frame, as the encoder writes them.</summary>
    private static Dictionary<string, List<string>> WrittenFrames()
    {
        var team = new Team("Boston Celtics", null, null, null, null);
        var game = new Game
        {
            GameId = "g1",
            PnLeagueCode = "nba",
            SportCategory = "basketball",
            StartDate = "2026-11-24",
            Status = GameStatus.Live,
            HomeTeam = team,
            AwayTeam = team,
            Scores = Scores.None,
        };
        var encoder = new FrameEncoder();
        GameEvent[] events =
        [
            new NewGame(game, 1, 1),
            new ScoreChange(game, 1, 2),
            new StatusChange(game, GameStatus.Unplayed, 1, 3),
            new GameFinal(game, 1, 4),
            new GameUpdate(game, 1, 6),
            new GameMarkets(game, [new Outcome(new OutcomeKey("spreads", "pinnacle", "home", -3.5m), -110.0m, null, 1)], 1, 7),
            new RemovedGame(game, 1, 7),
            new PriceChange(game, new OutcomeKey("spreads", "pinnacle", "home", -3.5m), null, -110.0m, 1, 5),
        ];
        var encoded = events.Select(encoder.Encode).ToList();
        ReadOnlyMemory<byte>[] frames =
        [
            .. encoded.Select(one => one.Frame),
            encoder.Welcome("live", 1, Subscription.Everything),
            encoder.Snapshot("live", 1, encoder.EncodeGames([game]), 1).First,
            encoder.Lagged(DropCounts.None.Plus(encoded), 1),
            encoder.Feed([new StaleFeed("http", "stale", 1)], 1),
            encoder.Pong(1),
            encoder.Error("wrong"),
            encoder.Reconnect(TimeSpan.FromSeconds(1), "the server restarts"),
        ];
        return frames.Select(Payload).ToDictionary(json => json.GetProperty("type").GetString()!, NamesOf);
    }

    private static JsonElement Payload(ReadOnlyMemory<byte> frame)
    {
        var (offset, length) = WebSocketFrame.PayloadOf(frame.Span);
        using var json = JsonDocument.Parse(frame.Slice(offset, length));
        return json.RootElement.Clone();
    }

    /// <summary>The names in order, with the names inside; the counts of a <c>lagged</c> are not names of fields.</summary>
    private static List<string> NamesOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => [.. json.EnumerateObject().SelectMany(
            field => field.NameEquals("dropped_by_type")
                ? [field.Name] : NamesOf(field.Value).Select(inner => $"{field.Name}.{inner}").Prepend(field.Name))],
        JsonValueKind.Array => [.. json.EnumerateArray().SelectMany(NamesOf)],
        _ => [],
    };

    [GeneratedRegex("""^```json\r?\n(?<json>.*?)^```""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex JsonFence();

    [GeneratedRegex("""^```js\r?\n(?<js>.*?)^```""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ScriptFence();

    [GeneratedRegex("""PushNet__\w+""")]
    private static partial Regex SettingName();

    [GeneratedRegex("""^PushNet__Feed__\d+__""")]
    private static partial Regex FeedNumber();

    [GeneratedRegex("""^PushNet__ApiKeys__\d+__(Name|Key|Sha256|Scopes)$""")]
    private static partial Regex ApiKeyField();
}
