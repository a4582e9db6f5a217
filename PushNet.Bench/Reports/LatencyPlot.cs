using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;
using PushNet.Bench.Runs;

namespace PushNet.Bench.Reports;

/// <summary>Latency against deliveries per second, as an SVG picture: a line per server and percentile.</summary>
internal static class LatencyPlot
{
    private static readonly OxyColor[] Colours = [OxyColors.SteelBlue, OxyColors.DarkOrange, OxyColors.SeaGreen];

    /// <summary>Draws results.</summary>
    /// <param name="results">In the order of the rate. Where a server can't keep up, the line bends back, and it should.</param>
    /// <param name="svg">Where the picture goes.</param>
    public static void Write(IReadOnlyList<RunResult> results, Stream svg)
    {
        var model = new PlotModel { Title = "Latency by throughput", Background = OxyColors.White };
        model.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Bottom,
            Title = "deliveries per second",
            Minimum = 0,
            StringFormat = "N0",
            MajorGridlineStyle = LineStyle.Dot,
        });
        model.Axes.Add(new LogarithmicAxis
        {
            Position = AxisPosition.Left,
            Title = "latency, ms",
            StringFormat = "#,0.###",
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = OxyColors.LightGray,
            MinorGridlineStyle = LineStyle.Dot,
        });
        model.Legends.Add(new Legend { LegendPosition = LegendPosition.TopLeft });
        foreach (var (server, colour) in results.GroupBy(result => result.Server).Zip(Colours))
        {
            model.Series.Add(Line($"{server.Key} p50", server, result => result.P50Ms, colour, LineStyle.Solid));
            model.Series.Add(Line($"{server.Key} p99", server, result => result.P99Ms, colour, LineStyle.Dash));
        }

        new SvgExporter { Width = 900, Height = 540 }.Export(model, svg);
    }

    private static LineSeries Line(
        string title, IEnumerable<RunResult> results, Func<RunResult, double> latency, OxyColor colour, LineStyle style)
    {
        var line = new LineSeries { Title = title, Color = colour, LineStyle = style, MarkerType = MarkerType.Circle, MarkerFill = colour };

        // A run that delivered nothing has no latency, and a logarithmic axis has no place for 0.
        line.Points.AddRange(
            results.Where(result => latency(result) > 0).Select(result => new DataPoint(result.DeliveredPerSecond, latency(result))));
        return line;
    }
}
