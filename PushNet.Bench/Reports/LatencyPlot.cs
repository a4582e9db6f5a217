using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using PushNet.Bench.Runs;

namespace PushNet.Bench.Reports;

/// <summary>Latency against deliveries per second, as an SVG picture: a line per server and percentile.</summary>
internal static class LatencyPlot
{
    // PushNet has the color of its pages.
    private static readonly OxyColor[] Colours = [OxyColor.FromRgb(11, 110, 79), OxyColors.DarkOrange, OxyColors.SteelBlue];

    // The exporter takes texts for smaller than they become.
    private const double TitleDistance = 12;

    // Lines have their names at their ends. A part of the axis.
    private const double RoomForNames = 0.12;

    /// <summary>Draws results.</summary>
    /// <param name="results">In the order of the rate. Where a server can't keep up, the line bends back, and it should.</param>
    /// <param name="svg">Where the picture goes.</param>
    public static void Write(IReadOnlyList<RunResult> results, Stream svg)
    {
        var clients = results.Max(result => result.Connections);
        var model = new PlotModel
        {
            Title = $"Latency by throughput: {clients:N0} clients, and {Environment.ProcessorCount} cores for them and the server",
            TitleFontSize = 15,
            DefaultFont = "Arial",
            Background = OxyColors.White,
            PlotMargins = new OxyThickness(70, double.NaN, 25, 50),
        };
        model.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Bottom,
            Title = "deliveries per second",
            AxisTitleDistance = TitleDistance,
            Minimum = 0,
            MaximumPadding = RoomForNames,
            StringFormat = "N0",
            MajorGridlineStyle = LineStyle.Dot,
        });
        model.Axes.Add(new LogarithmicAxis
        {
            Position = AxisPosition.Left,
            Title = "latency, ms",
            AxisTitleDistance = TitleDistance,
            MaximumPadding = RoomForNames,
            StringFormat = "#,0.###",
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = OxyColors.LightGray,
            MinorGridlineStyle = LineStyle.Dot,
        });
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
        var line = new LineSeries
        {
            Title = title,
            LineLegendPosition = LineLegendPosition.End,
            Color = colour,
            LineStyle = style,
            MarkerType = MarkerType.Circle,
            MarkerFill = colour,
        };

        // A run that delivered nothing has no latency, and a logarithmic axis has no place for 0.
        line.Points.AddRange(
            results.Where(result => latency(result) > 0).Select(result => new DataPoint(result.DeliveredPerSecond, latency(result))));
        return line;
    }
}
