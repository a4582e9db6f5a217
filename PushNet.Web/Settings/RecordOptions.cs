namespace PushNet.Web.Settings;

/// <summary>Section <c>record</c>.</summary>
public sealed class RecordOptions
{
    /// <summary>What the files are called; empty: nothing is recorded.</summary>
    public string File { get; init; } = "";

    /// <summary>The most bytes in a file.</summary>
    public long MaxBytes { get; init; }
}
