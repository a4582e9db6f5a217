namespace PushNet.Web.Security;

/// <summary>What a key may do. Each is also the name of the authorization policy that requires it.</summary>
internal static class KeyScope
{
    public const string Live = "live";
    public const string Odds = "odds";
    public const string Ingest = "ingest";
    public const string Ops = "ops";
    public const string Metrics = "metrics";

    public static readonly IReadOnlySet<string> All = new SortedSet<string> { Live, Odds, Ingest, Ops, Metrics };

    public static IReadOnlyList<string> Parse(string commaSeparated) =>
        commaSeparated.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
