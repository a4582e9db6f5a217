using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Running;

namespace PushNet.Bench.Micro;

/// <summary>Runs the benchmarks of single steps.</summary>
internal static class MicroBenchmarks
{
    // Runs in this process, because BenchmarkDotNet's own way builds a project per run, for which it must restore packages.
    private const string InProcess = "--inProcess";

    private static readonly string[] Telling = ["--list", "--version", "--info"];
    private static readonly string[] Choosing = [.. Telling, "--filter", "-f"];

    /// <summary>Runs what the arguments of BenchmarkDotNet choose.</summary>
    /// <param name="args">
    /// Those of BenchmarkDotNet: <c>--filter *Wire*</c>, <c>--job short</c>, <c>--list flat</c>; without a choice, all are run.
    /// </param>
    /// <returns>The exit code: 1 when a benchmark failed, or none was run.</returns>
    public static int Run(IReadOnlyList<string> args)
    {
        // Without a filter, BenchmarkSwitcher asks on the console which ones to run.
        string[] everything = args.Any(Choosing.Contains) ? [] : ["--filter", "*"];
        var summaries = BenchmarkSwitcher.FromTypes([typeof(WireBenchmarks), typeof(QueueBenchmarks), typeof(BoardBenchmarks)])
            .Run([.. args, InProcess, .. everything], Config())
            .ToList();
        var succeeded = summaries.Count > 0 || args.Any(Telling.Contains);
        return succeeded && summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success))
            ? 0 : 1;
    }

    private static IConfig Config() => DefaultConfig.Instance
        .AddDiagnoser(MemoryDiagnoser.Default)
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "pushnet-micro"));
}
