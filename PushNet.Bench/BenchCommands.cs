using System.CommandLine;
using System.Text.Json;
using PushNet.Bench.Load;
using PushNet.Bench.Micro;
using PushNet.Bench.Reports;
using PushNet.Bench.Runs;
using PushNet.Bench.Servers;
using PushNet.Bench.Soak;
using static PushNet.Bench.BenchOptions;

namespace PushNet.Bench;

/// <summary>The command line.</summary>
internal static class BenchCommands
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static RootCommand Root()
    {
        var root = new RootCommand("Measures PushNet's fan-out, beside two servers that others would write, on this machine.");
        root.Subcommands.Add(Run());
        root.Subcommands.Add(Measure("compare", "Measures PushNet and both baselines on the same work; with --deflate, PushNet with and "
            + "without compression, and Channel with it.", ServerKind.PushNet, ServerKind.Channel, ServerKind.SignalR));
        root.Subcommands.Add(Sweep());
        root.Subcommands.Add(Baselines());
        root.Subcommands.Add(OfBurst());
        root.Subcommands.Add(Ingest());
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
        run.Options.Add(Sse);
        run.Options.Add(ServersOnLog);
        run.Options.Add(Nats);
        run.Validators.Add(parsed =>
        {
            if (parsed.GetValue(ServersOnLog) > 0 && (parsed.GetValue(Durable) || parsed.GetValue(OverWire)))
            {
                parsed.AddError("--servers is measured without --durable and --wire");
            }
        });
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
            Odds, Live, Rate, Scores, Seconds, WarmUp, Stalled, Slow, SlowRate, AtOnce, Games, Skew, Deflate, OverWire, Settings, JsonFile,
        };
        command.SetAction(async parsed => Report(parsed, await RunAsync(parsed, kinds, [parsed.GetValue(Rate)])));
        return command;
    }

    private static Command Sweep()
    {
        var sweep = new Command("sweep", "Measures PushNet at one rate after the other.")
        {
            Odds, Live, Rates, Scores, Seconds, WarmUp, Stalled, Slow, SlowRate, AtOnce, Games, Skew,
            Settings, WithBaselines, PlotFile, JsonFile,
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

    private static Command OfBurst()
    {
        var burst = new Command("burst", "Sends prices in one body and fails when a client loses one.")
        {
            Prices, OddsOfBurst, Stalled, Settings,
        };
        burst.SetAction(parsed => Burst.RunAsync(
            parsed.GetValue(Prices),
            new LoadOptions { Odds = parsed.GetValue(OddsOfBurst), StalledShare = parsed.GetValue(Stalled) },
            SettingsOf(parsed)));
        return burst;
    }

    private static Command Ingest()
    {
        var ingest = new Command("ingest", "Measures how long sources wait for the answers to their lines, where the board is kept.")
        {
            StoresOfIngest, LinesOfIngest, RateOfIngest, Seconds, WarmUp, Settings, JsonFile,
        };
        ingest.SetAction(async parsed =>
        {
            var options = new LoadOptions
            {
                Rate = parsed.GetValue(RateOfIngest),
                Duration = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
                WarmUp = TimeSpan.FromSeconds(parsed.GetValue(WarmUp)),
            };
            var results = new List<IngestResult>();
            var (lines, settings) = (parsed.GetValue(LinesOfIngest)!, SettingsOf(parsed));
            foreach (var store in parsed.GetValue(StoresOfIngest)!)
            {
                await foreach (var result in IngestRun.RunAsync(store, options, lines, settings, Progress))
                {
                    results.Add(result);
                }
            }

            Progress("");
            Console.WriteLine(IngestTable.Of(results));
            WriteJson(parsed, results);
        });
        return ingest;
    }

    private static async Task<List<RunResult>> RunAsync(ParseResult parsed, ServerKind[] kinds, double[] rates)
    {
        var options = LoadOf(parsed);
        var settings = SettingsOf(parsed);
        var results = new List<RunResult>();
        string? whyNot = null;
        using var wire = parsed.GetValue(OverWire) ? Wire.TryLay(out whyNot) : null;
        if (whyNot is not null)
        {
            Console.WriteLine($"Skipped: a wire needs root, network namespaces and iproute2. {whyNot}");
            return results;
        }

        // SignalR does not compress.
        foreach (var kind in kinds.Where(kind => options.Deflate == 0 || kind is not ServerKind.SignalR))
        {
            foreach (var rate in rates)
            {
                foreach (var asked in WithItsBase(options with { Rate = rate }, kind))
                {
                    results.Add(await Measurement.RunAsync(kind, asked, wire, settings, Progress));
                }
            }
        }

        Progress("");
        return results;
    }

    // What asking for less saves, or what keeping the board costs, can only be told beside the same work without it.
    private static IEnumerable<LoadOptions> WithItsBase(LoadOptions options, ServerKind kind) =>
        options.Durable ? [options with { Durable = false }, options]
        : options.Nats > 0 ? [options.OnOneServer, options]
        : options.Conflate > 0 ? [options with { Conflate = 0 }, options]
        : options.Filters > 1 ? [options with { Filters = 1 }, options]
        : options.Sse > 0 ? [options with { Sse = 0 }, options]
        : options.Deflate > 0 && kind is ServerKind.PushNet ? [options with { Deflate = 0 }, options]
        : [options];

    private static void Report(ParseResult parsed, List<RunResult> results)
    {
        Console.WriteLine(ResultTable.Of(results));
        Console.Write(ResultTable.SavingsOf(results));
        WriteJson(parsed, results);
    }

    private static void WriteJson<T>(ParseResult parsed, List<T> results)
    {
        if (parsed.GetValue(JsonFile) is { } file)
        {
            File.WriteAllText(file.FullName, JsonSerializer.Serialize(results, Indented));
        }
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

    private static void Progress(string line)
    {
        if (Console.IsErrorRedirected)
        {
            return;
        }

        Console.Error.Write($"\r{line,-110}");
    }
}
