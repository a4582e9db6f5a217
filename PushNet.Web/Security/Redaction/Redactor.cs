using System.Text.RegularExpressions;
using PushNet.Actors.Games;

namespace PushNet.Web.Security.Redaction;

/// <summary>
/// Removes from a text whatever may be a secret, judging by where it stands, because a mistyped key is as secret as a right one. It also
/// removes what would command the terminal that shows the log. Pure.
/// </summary>
internal static partial class Redactor
{
    private const string Mark = "[redacted]";

    /// <summary>The text without secrets and control characters; the same object when there are none.</summary>
    public static string Redact(string text)
    {
        text = ControlCharacters.ReplaceInLines(text);
        if (text.AsSpan().IndexOfAny('?', '&') < 0 && !Words.IsMatch(text))
        {
            return text;
        }

        text = QueryValues.Replace(text, $"$1{Mark}");
        text = MalformedRequests.Replace(text, $"$1{Mark}");
        text = Credentials.Replace(text, $"$1{Mark}");
        return Secrets.Replace(text, $"$1{Mark}");
    }

    // Every value of a query, whatever its name: names may be written with %-escapes, so "key" is not always spelled that way.
    [GeneratedRegex("""([?&][^=&\s'"]*=)[^&\s"]+""")]
    private static partial Regex QueryValues { get; }

    // Kestrel repeats what it could not read, and that may be anything, up to the end of the line.
    [GeneratedRegex(
        """((?:Invalid (?:content[ -]length|Host header|request (?:header|line|target))|Unrecognized HTTP version|"""
        + """transfer coding was set to|The Method|The request :\S+)[^':\n]*[':])[^\n]*""", RegexOptions.IgnoreCase)]
    private static partial Regex MalformedRequests { get; }

    [GeneratedRegex(
        """((?:\b(?:Bearer|Basic)\s+|\b(?:Authorization|Sec-WebSocket-Protocol):\s*)+)[^\s'"]+(?:,\s*[^\s'",]+)*""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Credentials { get; }

    // The sub-protocol that carries a key, and the secrets that this server makes.
    [GeneratedRegex("""(\bkey\.|\bpn_(?:live|odds|ingest|ops|metrics|demo)_)[A-Za-z0-9_%-]{8,}""")]
    private static partial Regex Secrets { get; }

    [GeneratedRegex(
        """Bearer|Basic|Authorization:|Sec-WebSocket-Protocol:|Invalid |Unrecognized |transfer coding|The Method|The request :|"""
        + """key\.|\bpn_""", RegexOptions.IgnoreCase)]
    private static partial Regex Words { get; }
}
