using System.Text;
using Microsoft.Extensions.Primitives;

namespace PushNet.Web.Http;

/// <summary>The values of a query key (docs/protocol.md#asking-for-less). Pure.</summary>
internal static class ListedValues
{
    /// <summary>
    /// Splits at commas and trims. After a backslash, a comma, a backslash or white space is a part of the value. Any other backslash
    /// stands for itself.
    /// </summary>
    /// <param name="values">What each occurrence of the key holds, decoded.</param>
    /// <returns>At least one for each occurrence; it may be empty.</returns>
    public static IEnumerable<string> Split(StringValues values) => values.SelectMany(value => Split(value ?? ""));

    private static List<string> Split(string text)
    {
        var values = new List<string>();
        var value = new StringBuilder();
        var escapedEnd = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && IsEscaped(text[i + 1]))
            {
                value.Append(text[++i]);
                escapedEnd = value.Length;
            }
            else if (text[i] == ',')
            {
                values.Add(End());
            }
            else if (value.Length > 0 || !char.IsWhiteSpace(text[i]))
            {
                value.Append(text[i]);
            }
        }

        values.Add(End());
        return values;

        string End()
        {
            while (value.Length > escapedEnd && char.IsWhiteSpace(value[^1]))
            {
                value.Length--;
            }

            var ended = value.ToString();
            value.Clear();
            escapedEnd = 0;
            return ended;
        }
    }

    private static bool IsEscaped(char letter) => letter is ',' or '\\' || char.IsWhiteSpace(letter);
}
