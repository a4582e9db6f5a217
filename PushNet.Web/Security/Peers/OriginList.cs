namespace PushNet.Web.Security.Peers;

/// <summary>Origins of web pages, as settings list them. Pure.</summary>
/// <param name="settings">Each is <c>*</c>, or origins separated by commas; empty: none.</param>
internal sealed class OriginList(params string[] settings)
{
    private const string Any = "*";

    private readonly HashSet<string> _origins = [.. settings.SelectMany(Split).Select(Normal)];

    /// <summary>True when every page is in it.</summary>
    public bool HasAll => _origins.Contains(Any);

    /// <summary>True when pages of an origin are in it.</summary>
    public bool Has(string origin) => HasAll || _origins.Contains(Normal(origin));

    /// <summary>True when a text is <c>*</c> or origins separated by commas.</summary>
    public static bool IsWellFormed(string commaSeparated) =>
        Split(commaSeparated).All(
            text => text == Any || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && text.Count('/') == 2));

    /// <summary>An origin with its host in lower case and in ASCII (xn--...), as browsers write it, and always with a port.</summary>
    public static string Normal(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) ? $"{uri.Scheme}://{uri.IdnHost}:{uri.Port}" : origin;

    private static string[] Split(string commaSeparated) =>
        commaSeparated.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
