using Xunit.Abstractions;
using Xunit.Sdk;

namespace PushNet.Tests.EndToEnd;

/// <summary>
/// A test that starts a program of a package. It has the trait <c>Needs=package</c>, and is skipped, by name, when a file of the
/// package is missing. The file's path is absolute or relative to the solution's folder.
/// </summary>
[TraitDiscoverer($"PushNet.Tests.EndToEnd.{nameof(FactWithFileDiscoverer)}", "PushNet.Tests")]
internal sealed class FactWithFileAttribute : FactAttribute, ITraitAttribute
{
    public FactWithFileAttribute(string file) => Skip = WhySkipped(file);

    /// <summary>Why a test is skipped that needs a file of a package; null when the file is there.</summary>
    public static string? WhySkipped(string file) =>
        File.Exists(Path.Combine(DocsTests.Root, file)) ? null : $"{file} is missing; test.sh installs it";
}

/// <summary>Tells xunit the trait of <see cref="FactWithFileAttribute"/>.</summary>
public sealed class FactWithFileDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) => [KeyValuePair.Create("Needs", "package")];
}
