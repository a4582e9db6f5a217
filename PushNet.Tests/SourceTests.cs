namespace PushNet.Tests;

/// <summary>The form of the code that no analyzer checks.</summary>
public sealed class SourceTests
{
    private const int Width = 140;
    private const int Length = 250;

    // It is one file so that it is easy to copy.
    private const string ClientModule = "pushnet-client.js";

    // Written from the AsyncAPI document.
    private static readonly string[] Generated = ["Frames.cs", "frames.d.ts", "frames.py"];

    private static readonly string[] Kinds = [".cs", ".js", ".mjs", ".ts", ".py"];

    private static readonly string[] Others = ["bin", "obj", "node_modules", ".git", "TestResults", "artifacts"];

    private static IEnumerable<string> Files => Directory.EnumerateFiles(DocsTests.Root, "*", SearchOption.AllDirectories)
        .Where(file => Kinds.Contains(Path.GetExtension(file)))
        .Select(file => Path.GetRelativePath(DocsTests.Root, file))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(Others).Any());

    [Fact]
    public void No_line_is_wider_than_140_columns() => Assert.Empty(
        from file in Files
        from line in File.ReadLines(DocsTests.PathOf(file)).Select((text, i) => (Text: text, Number: i + 1))
        where line.Text.Length > Width
        select $"{file}:{line.Number}");

    [Fact]
    public void No_file_of_code_is_longer_than_250_lines() =>
        Assert.DoesNotContain(Files, file =>
            Path.GetFileName(file) != ClientModule
            && !Generated.Contains(Path.GetFileName(file))
            && File.ReadLines(DocsTests.PathOf(file)).Count() > Length);
}
