namespace PushNet.Web.Settings;

/// <summary>Section <c>drain</c>.</summary>
public sealed class DrainOptions
{
    /// <summary>The longest wait.</summary>
    public TimeSpan Window { get; init; }
}
