using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using PushNet.Bench.Load;
using PushNet.Bench.Micro;
using PushNet.Bench.Reports;
using PushNet.Bench.Runs;
using PushNet.Bench.Servers;
using PushNet.Bench.Soak;

namespace PushNet.Bench;

/// <summary>The command line.</summary>
internal static class BenchCommands
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Option<int> Odds = new("--odds") { Description = "Connections on /ws/odds.", DefaultValueFactory = _ => 1000 };
    private static readonly Option<int> Live = new("--live") { Description = "Connections on /ws/live." };
    private static readonly Option<double> Rate = new("--rate") { Description = "Events per second.", DefaultValueFactory = _ => 500 };
    private static readonly Option<double> Scores = new("--scores")
    {
        Description = "Share of events that are score changes.",
        DefaultValueFactory = _ => 0.05,
    };
    private static readonly Option<int> Seconds = new("--duration")
    {
        Description = "Seconds of measurement.",
        DefaultValueFactory = _ => 10,
    };
    private static readonly Option<int> WarmUp = new("--warm-up") { Description = "Seconds before it.", DefaultValueFactory = _ => 8 };
    private static readonly Option<double> Stalled = new("--stalled") { Description = "Share of clients that read nothing." };
    private static readonly Option<double> Slow = new("--slow") { Description = "Share of clients that read slowly." };
    private static readonly Option<double> SlowRate = new("--slow-rate")
    {
        Description = "How slowly, bytes per second.",
        DefaultValueFactory = _ => 20_000,
    };
    private static readonly Option<int> AtOnce = new("--connect-at-once")
    {
        Description = "Connections that are opened at the same time.",
        DefaultValueFactory = _ => 64,
    };
    private static readonly Option<int> Games = new("--games")
    {
        Description = "Games on the board; about 600 bytes of snapshot each.",
        DefaultValueFactory = _ => 50,
    };
    private static readonly Option<double> Skew = new("--skew")
    {
        Description = "How unevenly prices move, ten outcomes per game. 0: all alike; else by Zipf's law with this exponent.",
        DefaultValueFactory = _ => 1,
    };
    private static readonly Option<int> Filters = new("--filters")
    {
        Description = "Different filters among the clients; measured after a run with one.",
    };
    private static readonly Option<int> Conflate = new("--conflate")
    {
        Description = "Milliseconds in which prices are merged (50 to 10000); measured after a run without.",
    };
    private static readonly Option<bool> Durable = new("--durable")
    {
        Description = "Keeps the board on disk and measures acknowledgements; after a run that keeps nothing.",
    };
    private static readonly Option<string[]> Settings = new("--set")
    {
        Description = "NAME=VALUE, an environment variable for the server; may be repeated.",
        AllowMultipleArgumentsPerToken = true,
    };
    private static readonly Option<double[]> Rates = new("--rates")
    {
        Description = "Events per second, one run each, separated by commas.",
        DefaultValueFactory = _ => [100, 250, 500, 1000, 2000],
        CustomParser = argument => ParseRates(argument),
    };
    private static readonly Option<bool> WithBaselines = new("--baselines") { Description = "Measures both baselines too." };
    private static readonly Option<FileInfo?> PlotFile = new("--plot")
    {
        Description = "Draws latency against deliveries per second into a file as SVG.",
    };
    private static readonly Option<FileInfo?> JsonFile = new("--json") { Description = "Writes the results to a file as JSON." };

    public static RootCommand Root()
    {
        var root = new RootCommand("Measures PushNet's fan-out, beside two servers that others would write, on this machine.");
        root.Subcommands.Add(Run());
        root.Subcommands.Add(Measure("compare", "Measures PushNet and both baselines on the same work.", ServerKind.PushNet,
            ServerKind.Channel, ServerKind.SignalR));
        root.Subcommands.Add(Sweep());
        root.Subcommands.Add(Baselines());
        root.Subcommands.Add(BurstCommand.Create());
        root.Subcommands.Add(SoakCommand.Create());
        root.Subcommands.Add(Micro());
        root.Subcommands.Add(Serve());
        return root;
    }

    private static Command Run()
    {
        var run = Measure("run", "Measures PushNet.", ServerKind.PushNet);
        run.Options.Add(Filters);
        run.Options.Add(Conflate);
        run.Options.Add(Durable);
        return run;
    }

    private static Command Baselines()
    {
        var baseline = new Command("baseline", "Measures a baseline alone.");
        baseline.Subcommands.Add(Measure("channel", "A Channel<byte[]> and a sending loop per connection.", ServerKind.Channel));
        baseline.Subcommands.Add(Measure("signalr", "A SignalR hub with Clients.All.", ServerKind.SignalR));
        return baseline;
    }

    private static Command Measure(string name, string description, params ServerKind[] kinds)
    {
        var command = new Command(name, description)
        {
            Odds, Live, Rate, Scores, Seconds, WarmUp, Stalled, Slow, SlowRate, AtOnce, Games, Skew, Settings, JsonFile,
        };
        command.SetAction(async parsed => Report(parsed, await RunAsync(parsed, kinds, [parsed.GetValue(Rate)])));
        return command;
    }

    private static Command Sweep()
    {
        var sweep = new Command("sweep", "Measures PushNet at one rate after the other.")
        {
            Odds, Live, Rates, Scores, Seconds, WarmUp, Stalled, Slow, SlowRate, AtOnce, Games, Skew, Settings, WithBaselines, PlotFile, JsonFile,
        };
        sweep.SetAction(async parsed =>
        {
            var kinds = parsed.GetValue(WithBaselines) ? Enum.GetValues<ServerKind>() : [ServerKind.PushNet];
            var results = await RunAsync(parsed, kinds, parsed.GetValue(Rates)!);
            Report(parsed, results);
            if (parsed.GetValue(PlotFile) is { } file)
            {
                using var svg = file.Create();
                LatencyPlot.Write(results, svg);
            }
        });
        return sweep;
    }

    private static async Task<List<RunResult>> RunAsync(ParseResult parsed, ServerKind[] kinds, double[] rates)
    {
        var options = Load(parsed);
        var settings = (parsed.GetValue(Settings) ?? []).Select(s => s.Split('=', 2)).Select(s => (s[0], s[1])).ToList();
        var results = new List<RunResult>();
        foreach (var kind in kinds)
        {
            foreach (var rate in rates)
            {
                foreach (var asked in WithItsBase(options with { Rate = rate }))
                {
                    results.Add(await Measurement.RunAsync(kind, asked, settings, Progress));
                }
            }
        }

        Progress("");
        return results;
    }

    // What asking for less saves, or keeping the board costs, can only be told beside the same work without it.
    private static IEnumerable<LoadOptions> WithItsBase(LoadOptions options) =>
        options.Durable ? [options with { Durable = false }, options]
        : options.Conflate > 0 ? [options with { Conflate = 0 }, options]
        : options.Filters > 1 ? [options with { Filters = 1 }, options]
        : [options];

    private static void Report(ParseResult parsed, List<RunResult> results)
    {
        Console.WriteLine(ResultTable.Of(results));
        Console.Write(ResultTable.SavingsOf(results));
        if (parsed.GetValue(JsonFile) is { } file)
        {
            File.WriteAllText(file.FullName, JsonSerializer.Serialize(results, Indented));
        }
    }

    private static double[] ParseRates(ArgumentResult argument)
    {
        var rates = new List<double>();
        foreach (var text in argument.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (!double.TryParse(text, CultureInfo.InvariantCulture, out var rate) || !double.IsFinite(rate) || rate <= 0)
            {
                argument.AddError($"--rates: \"{text}\" is not a number above 0");
                return [];
            }

            rates.Add(rate);
        }

        return [.. rates];
    }

    private static Command Micro()
    {
        var args = new Argument<string[]>("args")
        {
            Description = "Arguments of BenchmarkDotNet, for instance --filter *Wire* or --job short.",
        };
        var micro = new Command("micro", "Measures single steps: encoding, joining, queueing, the board.") { args };
        micro.SetAction(parsed => MicroBenchmarks.Run(parsed.GetValue(args) ?? []));
        return micro;
    }

    private static Command Serve()
    {
        var kind = new Argument<ServerKind>("kind");
        var urls = new Option<string>("--urls") { Required = true };
        var serve = new Command("serve", "Runs a baseline server; the measurements start it by themselves.") { kind, urls };
        serve.Hidden = true;
        serve.SetAction(parsed => Baseline.ServeAsync(parsed.GetValue(kind), parsed.GetValue(urls)!));
        return serve;
    }

    private static LoadOptions Load(ParseResult parsed) => new()
    {
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
        Acks = parsed.GetValue(Durable),
        Durable = parsed.GetValue(Durable),
    };

    private static void Progress(string line)
    {
        if (Console.IsErrorRedirected)
        {
            return;
        }

        Console.Error.Write($"\r{line,-110}");
    }
}
