using System.Text.RegularExpressions;

namespace PushNet.Tests.Documents;

/// <summary>A page of docs/ and its examples: JSON fences, each below a comment with its name.</summary>
internal sealed partial class Page(string path)
{
    public static readonly Page Protocol = new("docs/protocol.md");
    public static readonly Page Feeding = new("docs/feeding.md");

    public string Path => path;

    private string File => System.IO.Path.Combine(DocsTests.Root, path);

    private string Text => System.IO.File.ReadAllText(File);

    /// <summary>By name, what the page shows.</summary>
    public IEnumerable<(string Name, string Json)> Examples =>
        Fence().Matches(Text).Select(match => (match.Groups["name"].Value, match.Groups["json"].Value.Trim()));

    /// <summary>JSON fences without a name.</summary>
    public int Unnamed => AnyFence().Count(Text) - Fence().Count(Text);

    public string Example(string name) => Examples.Single(example => example.Name == name).Json;

    /// <summary>Puts other examples in place of those that are shown.</summary>
    public void Write(IReadOnlyDictionary<string, string> examples) => System.IO.File.WriteAllText(File, Fence().Replace(Text, match =>
        examples.TryGetValue(match.Groups["name"].Value, out var json)
            ? $"<!-- example: {match.Groups["name"].Value} -->\n```json\n{json.Trim()}\n```" : match.Value));

    [GeneratedRegex("""^<!-- example: (?<name>.+?) -->\n```json\n(?<json>.*?)^```""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("""^```json""", RegexOptions.Multiline)]
    private static partial Regex AnyFence();
}
