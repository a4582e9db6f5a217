namespace PushNet.Web.Security;

/// <summary>Where a request carries its key (docs/protocol.md#connecting): the first carrier found wins.</summary>
internal static class KeyCarrier
{
    /// <summary>The sub-protocol that clients offer beside their key.</summary>
    public const string SubProtocol = "pushnet.v1";

    /// <summary>The query key that carries a key.</summary>
    public const string QueryKey = "key";

    private const string BearerPrefix = "Bearer ";
    private const string SubProtocolPrefix = "key.";

    /// <summary>The key as it was presented; null when there is none.</summary>
    public static string? Find(HttpRequest request) => FromBearer(request) ?? FromSubProtocol(request) ?? FromQuery(request);

    /// <summary>The sub-protocols that a handshake offers.</summary>
    public static IEnumerable<string> SubProtocolsOf(HttpRequest request) =>
        request.Headers.SecWebSocketProtocol
            .SelectMany(header => header?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? []);

    /// <summary>The key in the header <c>Authorization</c>; null when there is none.</summary>
    public static string? FromBearer(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
            ? header[BearerPrefix.Length..].Trim()
            : null;

    private static string? FromSubProtocol(HttpRequest request) =>
        SubProtocolsOf(request)
            .FirstOrDefault(offer => offer.StartsWith(SubProtocolPrefix, StringComparison.Ordinal))?[SubProtocolPrefix.Length..];

    private static string? FromQuery(HttpRequest request) =>
        request.Query.TryGetValue(QueryKey, out var keys) ? keys.ToString() : null;
}
