using System.Diagnostics.Metrics;
using PushNet.Actors.Telemetry;

namespace PushNet.Web.Data;

/// <summary>What may be missing from the board because files were damaged, incomplete or gone when a server started.</summary>
internal sealed class BoardLosses
{
    /// <summary>A report that stands until it is accepted.</summary>
    /// <param name="sentences">One per file and fault, for people.</param>
    /// <param name="meters">Where the number of them is shown.</param>
    public BoardLosses(IReadOnlyList<string> sentences, IMeterFactory meters)
    {
        Sentences = sentences;
        meters.Create(PushMetrics.Name).CreateObservableGauge(
            "pushnet.board.damaged_files",
            () => Sentences.Count,
            "{file}",
            "Files of the board that were found damaged, incomplete or gone at a start, until board accept; what only they held may be "
                + "missing.");
    }

    /// <summary>One per file and fault.</summary>
    public IReadOnlyList<string> Sentences { get; private set; }

    /// <summary>Somebody accepts them.</summary>
    public void Accept() => Sentences = [];
}
