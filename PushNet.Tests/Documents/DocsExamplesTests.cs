using System.Text.Json;
using System.Text.RegularExpressions;

namespace PushNet.Tests.Documents;

/// <summary>
/// The examples in docs/ are what a running server sends. With PUSHNET_UPDATE_DOCS=1 they are written instead of compared.
/// </summary>
[Collection(Examples.Name)]
public sealed partial class DocsExamplesTests(Examples examples)
{
    [Fact]
    public void Examples_of_the_protocol_are_captured() => Check(
        Page.Protocol,
        [
            .. examples.Frames,
            .. examples.Answers.Select(answer => KeyValuePair.Create($"answer {answer.Key}", answer.Value)),
            KeyValuePair.Create("markets of a snapshot", $$"""{"markets":{{MarketsIn(examples.Frames["snapshot:priced"])}}}"""),
        ]);

    [Fact]
    public void Examples_of_feeding_are_captured() => Check(Page.Feeding, [
        .. new[] { "/v1/ingest", "ack", "ack:later", "warned", "revoked" }
            .Select(name => KeyValuePair.Create(name, examples.Answers[name])),

        // These were sent, and taken.
        .. new[] { "a game", "a price", "a withdrawal", "a removal" }.Select(name => KeyValuePair.Create(name, Page.Feeding.Example(name))),
    ]);

    private static string MarketsIn(string snapshot) =>
        JsonDocument.Parse(snapshot).RootElement.GetProperty("games")[0].GetProperty("markets").GetRawText();

    private static void Check(Page page, IEnumerable<KeyValuePair<string, string>> captured)
    {
        var byName = captured.ToDictionary();
        if (Environment.GetEnvironmentVariable("PUSHNET_UPDATE_DOCS") == "1")
        {
            // Only those that differ in more than times, so that an update changes nothing else.
            page.Write(page.Examples
                .Where(shown => byName.TryGetValue(shown.Name, out var json) && WithoutTimes(json) != WithoutTimes(shown.Json))
                .ToDictionary(shown => shown.Name, shown => byName[shown.Name]));
        }

        Assert.Equal(0, page.Unnamed);
        Assert.All(page.Examples, shown => Assert.Equal(
            (shown.Name, WithoutTimes(byName.GetValueOrDefault(shown.Name, "not captured"))), (shown.Name, WithoutTimes(shown.Json))));
    }

    /// <summary>Leaves out what is different on every run.</summary>
    private static string WithoutTimes(string json) =>
        Varying().Replace(json.Contains("\"type\":\"lagged\"", StringComparison.Ordinal) ? Losses().Replace(json, "$1:0") : json, "$1:0")
            .Trim();

    [GeneratedRegex(
        """("(?:ts|conn_id|after_ms|retry_after_ms|last_observation_ms|connections|rate|max_connections|warning|"""
        + """tcp_connections|max_tcp_connections)"):("[^"]*"|[\d.]+|null)""")]
    private static partial Regex Varying();

    [GeneratedRegex("""("dropped"|"dropped_by_type"|"seq"):(\d+|\{[^}]*\})""")]
    private static partial Regex Losses();
}
