using System.Diagnostics.Metrics;
using PushNet.Actors.Telemetry;

namespace PushNet.Web.Data;

/// <summary>What may be missing from the board because files were damaged when the server started.</summary>
internal sealed class BoardLosses
{
    /// <summary>A report of the files that were found damaged.</summary>
    /// <param name="sentences">One per file, for people.</param>
    /// <param name="meters">Where the number of them is shown.</param>
    public BoardLosses(IReadOnlyList<string> sentences, IMeterFactory meters)
    {
        Sentences = sentences;
        meters.Create(PushMetrics.Name).CreateObservableGauge(
            "pushnet.board.damaged_files", () => sentences.Count, "{file}", "Files of the board that were found damaged at the start; what only they held may be missing.");
    }

    /// <summary>One per damaged file.</summary>
    public IReadOnlyList<string> Sentences { get; }
}
