using System.Text.RegularExpressions;

namespace PushNet.Tests.Settings;

/// <summary>The types that the configuration names in strings, which no compiler and no renaming tool follows.</summary>
public partial class TypeNamesTests
{
    public static TheoryData<string> Names =>
        [.. QualifiedName().Matches(File.ReadAllText(Path.Combine(DocsTests.Root, "hocon", "pushnet.hocon")))
            .Select(match => match.Groups[1].Value).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_type_that_is_named_is_there(string name) => Assert.NotNull(Type.GetType(name));

    // Serializers, their bindings, dispatchers, mailboxes, strategies: all are named with their assembly.
    [GeneratedRegex("""
        "([\w.+`]+, *[\w.]+)"
        """)]
    private static partial Regex QualifiedName();
}
