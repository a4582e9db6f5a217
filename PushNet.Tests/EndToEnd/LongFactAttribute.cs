using Xunit.Abstractions;
using Xunit.Sdk;

namespace PushNet.Tests.EndToEnd;

/// <summary>
/// A test that starts programs of packages and takes minutes. It is there only with <c>test.sh --long</c>: otherwise it is not found, so
/// that it does not pass without having run. It is skipped like a <see cref="FactWithFileAttribute"/>.
/// </summary>
[XunitTestCaseDiscoverer($"PushNet.Tests.EndToEnd.{nameof(LongFactDiscoverer)}", "PushNet.Tests")]
[TraitDiscoverer($"PushNet.Tests.EndToEnd.{nameof(FactWithFileDiscoverer)}", "PushNet.Tests")]
internal class LongFactAttribute : FactAttribute, ITraitAttribute
{
    public LongFactAttribute(string file) => Skip = FactWithFileAttribute.WhySkipped(file);
}

/// <summary>Finds tests with a <see cref="LongFactAttribute"/> when they are asked for.</summary>
/// <param name="diagnostics">Told what goes wrong.</param>
public sealed class LongFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        Fuzz.Fuzz.IsLong ? base.Discover(discoveryOptions, testMethod, factAttribute) : [];
}
