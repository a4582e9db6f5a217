using PushNet.Tests;
using PushNet.Tests.Clients;
using PushNet.Tests.EndToEnd;
using PushNet.Tests.Scoreboard;
using PushNet.Tests.Security.Keys.Bucket;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer($"PushNet.Tests.{nameof(LongestFirst)}", "PushNet.Tests")]

namespace PushNet.Tests;

/// <summary>The collections that take longest begin first, so that no core waits for one of them at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        Chromium.Name, nameof(KillTests), nameof(ConversationTests), nameof(HalfOpenPostgresTests), nameof(SlowConsumerTests),
        nameof(JsClientTests), nameof(StartFaultTests), nameof(SurroundingsTests), nameof(StartTests), nameof(KeyBucketTests),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection =>
            Array.FindIndex(Long, name => collection.DisplayName.EndsWith(name, StringComparison.Ordinal)) is >= 0 and var place
                ? place : Long.Length);
}
