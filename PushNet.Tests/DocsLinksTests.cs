using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace PushNet.Tests;

/// <summary>Links in Markdown files, and comments that point to a page of docs/, lead to files and headings that exist.</summary>
public partial class DocsLinksTests
{
    private static readonly string[] Generated = ["bin", "obj", "node_modules", ".git", "TestResults"];

    private static readonly string[] Sources =
        [".cs", ".js", ".mjs", ".html", ".css", ".conf", ".hocon", ".cfg", ".service", ".sh", ".yml", ".props", ".csproj"];

    /// <summary>Every Markdown file of the repository, by its path from the root.</summary>
    public static TheoryData<string> Pages => [.. Files(".md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_somewhere(string page) => Assert.DoesNotContain(
        Link().Matches(WithoutCode(Read(page)))
            .Where(link => !link.Groups["path"].Value.StartsWith("http", StringComparison.Ordinal))
            .Select(link => (Page: Target(page, link.Groups["path"].Value), Anchor: link.Groups["anchor"].Value)),
        target => !Exists(target.Page, target.Anchor));

    [Fact]
    public void Every_comment_that_points_to_a_page_names_a_heading_of_it()
    {
        var pointers = (from file in Files(Sources)
                        from Match pointer in Pointer().Matches(Read(file))
                        select (File: file, Page: pointer.Groups["path"].Value, Anchor: pointer.Groups["anchor"].Value)).ToList();

        Assert.Contains(pointers, pointer => pointer.Anchor.Length > 0);
        Assert.DoesNotContain(pointers, pointer => !Exists(pointer.Page, pointer.Anchor));
    }

    [Fact]
    public void No_comment_cites_a_section_by_its_number() =>
        Assert.DoesNotContain(Files([.. Sources, ".md"]), file => Citation().IsMatch(Read(file)));

    private static IEnumerable<string> Files(params string[] extensions) => new FileSystemEnumerable<string>(
        DocsTests.Root,
        (ref FileSystemEntry entry) => Path.GetRelativePath(DocsTests.Root, entry.ToFullPath()),
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory
            && extensions.Contains(Path.GetExtension(entry.FileName).ToString()),
        ShouldRecursePredicate = (ref FileSystemEntry entry) => !Generated.Contains(entry.FileName.ToString()),
    };

    private static string Read(string file) => File.ReadAllText(DocsTests.PathOf(file));

    private static string Target(string page, string path) => path.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, path);

    private static bool Exists(string page, string anchor) =>
        Path.Exists(DocsTests.PathOf(page)) && (anchor.Length == 0 || AnchorsOf(page).Contains(anchor));

    /// <summary>The anchors of a page's headings, as GitHub makes them: a heading that comes again has a number behind it.</summary>
    private static IEnumerable<string> AnchorsOf(string page) => Heading().Matches(WithoutCode(Read(page)))
        .Select(match => match.Groups["text"].Value.Trim().ToLowerInvariant())
        .Select(text => string.Concat(text.Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-'))
        .GroupBy(anchor => anchor)
        .SelectMany(same => same.Select((anchor, index) => index == 0 ? anchor : $"{anchor}-{index}"));

    private static string WithoutCode(string markdown) => Fence().Replace(markdown, "");

    [GeneratedRegex("""\]\((?<path>[^)#\s]*)(#(?<anchor>[^)\s]+))?\)""")]
    private static partial Regex Link();

    [GeneratedRegex("""(?<path>\bdocs/[\w/-]+\.md)(#(?<anchor>[\w-]+))?""")]
    private static partial Regex Pointer();

    [GeneratedRegex("""\bcontract\W+sections?\b""", RegexOptions.IgnoreCase)]
    private static partial Regex Citation();

    [GeneratedRegex("""^#+ (?<text>.+)$""", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("""^```.*?^```""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
