using System.Text.RegularExpressions;

namespace PushNet.Actors.Games;

/// <summary>What strangers write must not command the terminal that shows it. Pure.</summary>
public static partial class ControlCharacters
{
    private const string Replacement = "\uFFFD";

    /// <summary>A text on one line: every control character is replaced. The same object when it holds none.</summary>
    public static string Replace(string text) => Any.Replace(text, Replacement);

    /// <summary>A text that keeps its lines and its tabs. The same object when it holds no other control characters.</summary>
    public static string ReplaceInLines(string text) => AnyButLayout.Replace(text, Replacement);

    [GeneratedRegex(@"\p{Cc}")]
    private static partial Regex Any { get; }

    [GeneratedRegex(@"[\p{Cc}-[\t\r\n]]")]
    private static partial Regex AnyButLayout { get; }
}
