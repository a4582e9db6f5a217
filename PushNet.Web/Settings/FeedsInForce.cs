namespace PushNet.Web.Settings;

/// <summary>The feeds that the settings and the keys lead to. Pure.</summary>
internal sealed class FeedsInForce
{
    /// <summary>
    /// Decides on the feeds: those that are configured, otherwise the demo if there are no keys and no other servers, otherwise none.
    /// </summary>
    /// <param name="options">The settings.</param>
    /// <param name="hasStoredKeys">True when the data directory held keys at the start, whether good or revoked.</param>
    public FeedsInForce(PushNetOptions options, bool hasStoredKeys)
    {
        HasKeys = options.ApiKeys.Count > 0 || hasStoredKeys;
        IReadOnlyList<FeedOptions> configured = options.NumberedFeeds.Count > 0 ? options.NumberedFeeds : [options.Feed];
        All = configured switch
        {
            [{ Kind: "" }] when HasKeys || options.Data.Nats.Length > 0 => [],
            [{ Kind: "" } only] => [only with { Kind = FeedOptions.Demo }],
            _ => [.. configured.Where(feed => feed.Kind != FeedOptions.None)],
        };
    }

    /// <summary>True when there are keys in the settings or in the data directory.</summary>
    public bool HasKeys { get; }

    /// <summary>The feeds, in their order.</summary>
    public IReadOnlyList<FeedOptions> All { get; }

    /// <summary>True when a random key is made at the start so that the demo can be looked at.</summary>
    public bool NeedDemoKey => !HasKeys && All is [{ Kind: FeedOptions.Demo }];
}
