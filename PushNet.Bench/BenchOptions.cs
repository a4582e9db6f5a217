using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PushNet.Bench.Load;
using PushNet.Bench.Servers;

namespace PushNet.Bench;

/// <summary>The options of the command line.</summary>
internal static class BenchOptions
{
    public static readonly Option<int> Odds = new("--odds") { Description = "Connections on /ws/odds.", DefaultValueFactory = _ => 1000 };
    public static readonly Option<int> Live = new("--live") { Description = "Connections on /ws/live." };
    public static readonly Option<double> Rate = new("--rate") { Description = "Events per second.", DefaultValueFactory = _ => 500 };
    public static readonly Option<double> Scores = new("--scores")
    {
        Description = "Share of events that are score changes.",
        DefaultValueFactory = _ => 0.05,
    };
    public static readonly Option<int> Seconds = new("--duration")
    {
        Description = "Seconds of measurement.",
        DefaultValueFactory = _ => 10,
    };
    public static readonly Option<int> WarmUp = new("--warm-up") { Description = "Seconds before it.", DefaultValueFactory = _ => 8 };
    public static readonly Option<double> Stalled = new("--stalled") { Description = "Share of clients that read nothing." };
    public static readonly Option<double> Slow = new("--slow") { Description = "Share of clients that read slowly." };
    public static readonly Option<double> SlowRate = new("--slow-rate")
    {
        Description = "How slowly, bytes per second.",
        DefaultValueFactory = _ => 20_000,
    };
    public static readonly Option<int> AtOnce = new("--connect-at-once")
    {
        Description = "Connections that are opened at the same time.",
        DefaultValueFactory = _ => 64,
    };
    public static readonly Option<int> Games = new("--games")
    {
        Description = "Games on the board; about 600 bytes of snapshot each.",
        DefaultValueFactory = _ => 50,
    };
    public static readonly Option<double> Skew = new("--skew")
    {
        Description = "How unevenly prices move, ten outcomes per game. 0: all alike; else by Zipf's law with this exponent.",
        DefaultValueFactory = _ => 1,
    };
    public static readonly Option<int> Filters = new("--filters")
    {
        Description = "Different filters among the clients; measured after a run with one.",
    };
    public static readonly Option<int> Conflate = new("--conflate")
    {
        Description = "Milliseconds in which prices are merged (50 to 10000); measured after a run without.",
    };
    public static readonly Option<bool> Durable = new("--durable")
    {
        Description = "Keeps the board on disk and measures acknowledgements; after a run that keeps nothing.",
    };
    public static readonly Option<int> ServersOnLog = new("--servers")
    {
        Description = "PushNet servers that share a log in NATS, each with --odds and --live clients, the first of them fed; measured "
            + "after one server without a log that has all the clients.",
    };
    public static readonly Option<int> Nats = new("--nats")
    {
        Description = "NATS servers that keep the log. They run on this machine too.",
        DefaultValueFactory = _ => 1,
    };
    public static readonly Option<double> Deflate = new("--deflate")
    {
        Description = "Share of clients that offer compression (0 to 1); measured beside the same work without.",
    };
    public static readonly Option<double> Sse = new("--sse")
    {
        Description = "Share of clients that read server-sent events (0 to 1); measured beside the same work over WebSockets.",
    };
    public static readonly Option<bool> OverWire = new("--wire")
    {
        Description = "Puts the server behind a wire of 1 Gbit/s with 20 ms there and back: a network namespace. Needs root.",
    };
    public static readonly Option<string[]> Settings = new("--set")
    {
        Description = "NAME=VALUE, an environment variable for the server; may be repeated.",
        AllowMultipleArgumentsPerToken = true,
    };
    public static readonly Option<int> Prices = new("--prices") { Description = "Prices in the body.", DefaultValueFactory = _ => 20_000 };
    public static readonly Option<int> OddsOfBurst = new("--odds") { Description = Odds.Description, DefaultValueFactory = _ => 200 };
    public static readonly Option<double[]> Rates = new("--rates")
    {
        Description = "Events per second, one run each, separated by commas.",
        DefaultValueFactory = _ => [100, 250, 500, 1000, 2000],
        CustomParser = argument => ParseList<double>(
            argument,
            text => double.TryParse(text, CultureInfo.InvariantCulture, out var rate) && double.IsFinite(rate) && rate > 0 ? rate : null,
            "a number above 0"),
    };
    public static readonly Option<StoreKind[]> StoresOfIngest = new("--stores")
    {
        Description = "Where the board is kept, one after the other, separated by commas: none, sqlite, postgres, nats (one server), "
            + "nats3.",
        DefaultValueFactory = _ => Enum.GetValues<StoreKind>(),
        CustomParser = argument => ParseList<StoreKind>(
            argument,
            text => Enum.TryParse<StoreKind>(text, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null,
            "none, sqlite, postgres, nats or nats3"),
    };
    public static readonly Option<int[]> LinesOfIngest = new("--lines")
    {
        Description = "Lines in a request, one measurement each, separated by commas.",
        DefaultValueFactory = _ => [1, 10],
        CustomParser = argument => ParseList<int>(
            argument,
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var lines) && lines > 0 ? lines : null,
            "a whole number above 0"),
    };
    public static readonly Option<double> RateOfIngest = new("--rate")
    {
        Description = "Lines per second.",
        DefaultValueFactory = _ => 500,
    };

    public static readonly Option<bool> WithBaselines = new("--baselines") { Description = "Measures both baselines too." };
    public static readonly Option<FileInfo?> PlotFile = new("--plot")
    {
        Description = "Draws latency against deliveries per second into a file as SVG.",
    };
    public static readonly Option<FileInfo?> JsonFile = new("--json") { Description = "Writes the results to a file as JSON." };

    /// <summary>The clients that the options describe.</summary>
    public static LoadOptions LoadOf(ParseResult parsed) => new()
    {
        Servers = Math.Max(1, parsed.GetValue(ServersOnLog)),
        Nats = parsed.GetValue(ServersOnLog) > 0 ? parsed.GetValue(Nats) : 0,
        Odds = parsed.GetValue(Odds),
        Live = parsed.GetValue(Live),
        ScoreShare = parsed.GetValue(Scores),
        Duration = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
        WarmUp = TimeSpan.FromSeconds(parsed.GetValue(WarmUp)),
        StalledShare = parsed.GetValue(Stalled),
        SlowShare = parsed.GetValue(Slow),
        SlowBytesPerSecond = parsed.GetValue(SlowRate),
        ConnectAtOnce = parsed.GetValue(AtOnce),
        Games = parsed.GetValue(Games),
        Skew = parsed.GetValue(Skew),
        Filters = parsed.GetValue(Filters),
        Conflate = parsed.GetValue(Conflate),
        Deflate = parsed.GetValue(Deflate),
        Sse = parsed.GetValue(Sse),
        Acks = parsed.GetValue(Durable) || parsed.GetValue(ServersOnLog) > 0,
        Durable = parsed.GetValue(Durable),
    };

    /// <summary>The environment variables that the options name.</summary>
    public static IReadOnlyList<(string Name, string Value)> SettingsOf(ParseResult parsed) =>
        [.. (parsed.GetValue(Settings) ?? []).Select(setting => setting.Split('=', 2)).Select(parts => (parts[0], parts[1]))];

    private static T[] ParseList<T>(ArgumentResult argument, Func<string, T?> parse, string expected)
        where T : struct
    {
        var values = new List<T>();
        foreach (var text in argument.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (parse(text) is not { } value)
            {
                argument.AddError($"{((OptionResult)argument.Parent!).Option.Name}: \"{text}\" is not {expected}");
                return [];
            }

            values.Add(value);
        }

        return [.. values];
    }
}
