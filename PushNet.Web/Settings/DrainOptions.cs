namespace PushNet.Web.Settings;

/// <summary>Section <c>drain</c>.</summary>
public sealed class DrainOptions
{
    /// <summary>The longest time that a stopping server takes to say goodbye.</summary>
    public TimeSpan Window { get; init; }
}
