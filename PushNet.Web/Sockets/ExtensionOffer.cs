using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace PushNet.Web.Sockets;

/// <summary>One extension that a client offers in <c>Sec-WebSocket-Extensions</c> (RFC 6455 section 9.1). Pure.</summary>
/// <param name="Name">The extension.</param>
/// <param name="Parameters">Its parameters in their order; null is the value of one that has none.</param>
internal sealed record ExtensionOffer(string Name, IReadOnlyList<(string Name, string? Value)> Parameters)
{
    /// <summary>Reads the header.</summary>
    /// <param name="header">Its lines.</param>
    /// <returns>The offers, the one that the client likes best first; null when the header breaks the grammar.</returns>
    public static IReadOnlyList<ExtensionOffer>? Read(StringValues header)
    {
        if (header.Count == 0)
        {
            return [];
        }

        // A list of transfer codings has the very same grammar. An empty list passes, and offers nothing.
        using var message = new HttpRequestMessage();
        var codings = message.Headers.TransferEncoding;
        if (!header.All(codings.TryParseAdd))
        {
            return null;
        }

        var offers = codings.Select(coding => new ExtensionOffer(
            coding.Value, [.. coding.Parameters.Select(parameter => (parameter.Name, Unquoted(parameter.Value)))])).ToList();

        // A value in quotes must be a token all the same.
        var values = offers.SelectMany(offer => offer.Parameters).Select(parameter => parameter.Value);
        return values.All(value => value is null || IsToken(value)) ? offers : null;
    }

    private static string? Unquoted(string? value) => value is null ? null : HeaderUtilities.UnescapeAsQuotedString(value).ToString();

    private static bool IsToken(string value) =>
        value.Length > 0 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter));
}
