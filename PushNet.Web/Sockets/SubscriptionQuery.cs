using System.Globalization;
using Microsoft.Extensions.Primitives;
using PushNet.Actors.Subscriptions;
using PushNet.Web.Http;
using PushNet.Web.Security;

namespace PushNet.Web.Sockets;

/// <summary>Reads what a client asks for from the query of its address. Pure.</summary>
internal static class SubscriptionQuery
{
    /// <summary>The key that turns compression off.</summary>
    public const string Compress = "compress";

    private const string Conflate = "conflate";
    private const string Prices = "prices";
    private const string Details = "details";
    private const string Games = "games";
    private const int ShortestConflateMs = 50;
    private const int LongestConflateMs = 10_000;
    private static readonly string[] ForBoth = ["league", "sport", "game", Games];
    private static readonly string[] ForPrices = ["book", "market", Conflate, Prices];

    // The keys that can only have one value.
    private static readonly Dictionary<string, string> Switches = new()
    {
        [Compress] = "off",
        [Details] = "1",
        [Prices] = "snapshot",
        [Games] = "all",
    };

    /// <summary>Reads a query.</summary>
    /// <param name="query">All of it; the key was checked before.</param>
    /// <param name="channel">The channel it is for.</param>
    /// <param name="root">The first part of the address.</param>
    /// <param name="fault">What is wrong with it, as a sentence.</param>
    /// <returns>Null when there is a fault.</returns>
    public static Subscription? Read(IQueryCollection query, PushChannel channel, string root, out string? fault)
    {
        fault = query.Select(part => FaultOf(part.Key, part.Value, channel, root)).FirstOrDefault(one => one is not null);
        return fault is null ? Shared(Subscribe(query)) : null;
    }

    private static Subscription Subscribe(IQueryCollection query) =>
        new(Filter(query), TimeSpan.FromMilliseconds(ConflateMs(query[Conflate]) ?? 0), ExtrasOf(query));

    private static Extras ExtrasOf(IQueryCollection query) =>
        (query.ContainsKey(Prices) ? Extras.Prices : Extras.None)
        | (query.ContainsKey(Games) ? Extras.AllGames : Extras.None)
        | (query.ContainsKey(Details) ? Extras.Details : Extras.None);

    private static string? FaultOf(string key, StringValues values, PushChannel channel, string root) =>
        key == KeyCarrier.QueryKey ? null
        : !channel.CarriesPrices && ForPrices.Contains(key)
        ? $"\"{key}\" is about prices, which /{root}/{channel.Name} does not carry; connect to /{root}/{PushChannel.Odds.Name}"
        : Switches.TryGetValue(key, out var only) ? SwitchFault(key, values, only)
        : !ForBoth.Concat(ForPrices).Contains(key)
        ? $"\"{key}\" is not a query key of /{root}/{channel.Name}; there are: {string.Join(", ", KeysOf(channel))}"
        : key == Conflate ? ConflateFault(values)
        : ListedValues.Split(values).Any(value => value.Length == 0)
        ? $"\"{key}\" has an empty value; give one or more, separated by commas, or leave the key out"
        : null;

    private static string? SwitchFault(string key, StringValues values, string only) =>
        values.Count == 1 && values[0] == only ? null : $"\"{key}\" is \"{values}\"; it can only be \"{only}\"";

    private static string? ConflateFault(StringValues values) => ConflateMs(values) is not null
        ? null
        : $"\"{Conflate}\" is \"{values}\"; it must be one whole number of milliseconds from {ShortestConflateMs} to {LongestConflateMs}";

    private static int? ConflateMs(StringValues values) =>
        values is [var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            && ms is >= ShortestConflateMs and <= LongestConflateMs ? ms : null;

    // Most ask for nothing: 20,000 of them hold one subscription.
    private static Subscription Shared(Subscription asked) => asked == Subscription.Everything ? Subscription.Everything : asked;

    private static EventFilter Filter(IQueryCollection query) => new()
    {
        League = ValuesOf(query["league"]),
        Sport = ValuesOf(query["sport"]),
        Game = ValuesOf(query["game"]),
        Book = ValuesOf(query["book"]),
        Market = ValuesOf(query["market"]),
    };

    /// <summary>The query keys of a channel's address.</summary>
    public static IEnumerable<string> KeysOf(PushChannel channel) =>
        [KeyCarrier.QueryKey, .. ForBoth, .. channel.CarriesPrices ? ForPrices : [], Compress, Details];

    /// <summary>The values of one key; everything when the key was not given.</summary>
    public static AnyOf ValuesOf(StringValues values) => values.Count == 0 ? AnyOf.Everything : AnyOf.The([.. ListedValues.Split(values)]);
}
