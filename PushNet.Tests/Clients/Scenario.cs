using System.Text.Json.Nodes;

namespace PushNet.Tests.Clients;

/// <summary>What a server does to a client, connection by connection, and what the client makes of it: a row of scenarios.json.</summary>
/// <param name="Json">The row. Frames are written out; everything else is as it stands there.</param>
internal sealed record Scenario(JsonObject Json)
{
    private const double ToleranceMs = 20;

    /// <summary>Every scenario; its place is its number in addresses.</summary>
    public static IReadOnlyList<Scenario> All { get; } = Read();

    public string Name => Json["name"]!.GetValue<string>();

    public bool IsCompressed => Json["compressed"] is not null;

    /// <summary>What happens to each connection, in order.</summary>
    public IReadOnlyList<JsonObject> Connections => [.. Json["connections"]!.AsArray().Select(one => one!.AsObject())];

    /// <summary>What a runner needs to know of it.</summary>
    public JsonObject ForRunner =>
        new(((string[])["key", "ping_ms", "scheme"]).Select(name => KeyValuePair.Create(name, Json[name]?.DeepClone())));

    /// <summary>
    /// What a runner told otherwise than expected: the states, the longest delays of waits, the shortest pauses, and the board at each
    /// frame <c>check</c> and at the end. A busy machine makes what is left of a wait shorter, and a pause longer.
    /// </summary>
    public IEnumerable<string> Differences(JsonObject told)
    {
        foreach (var difference in Differences("states", Json["states"] ?? new JsonArray("connecting", "open", "closed"), told["states"])
            .Concat(Differences("waits", Json["waits"] ?? new JsonArray(), told["waits"]))
            .Concat(PausesTooShort(told["pauses"]!.AsArray())))
        {
            yield return $"{Name}: {difference}";
        }

        // Where a row has no boards, the ends of its connections are all that counts.
        foreach (var difference in Json["boards"] is { } boards ? Differences("boards", boards, told["boards"]) : [])
        {
            yield return $"{Name}: {difference}";
        }
    }

    /// <summary>Of an object, the fields that are expected count; of a list, everything. A missing field is null.</summary>
    private static IEnumerable<string> Differences(string path, JsonNode? expected, JsonNode? told) => (expected, told) switch
    {
        (JsonValue longest, JsonValue wait) when path.StartsWith("waits", StringComparison.Ordinal) =>
            wait.GetValue<double>() <= longest.GetValue<double>() + ToleranceMs ? [] : [$"{path} is {wait}, not up to {longest}"],
        (JsonValue state, JsonValue given) when path.StartsWith("states", StringComparison.Ordinal) && IsBeginning(state, out var begin) =>
            given.GetValue<string>().StartsWith(begin, StringComparison.Ordinal) ? [] : [$"{path} is {given}, not {state}"],
        (JsonObject fields, JsonObject given) =>
            fields.SelectMany(field => Differences($"{path}.{field.Key}", field.Value, given[field.Key])),
        (JsonArray items, JsonArray given) when items.Count == given.Count =>
            items.Zip(given).SelectMany((pair, i) => Differences($"{path}[{i}]", pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(expected, told)
            ? [] : [$"{path} is {told?.ToJsonString() ?? "null"}, not {expected?.ToJsonString() ?? "null"}"],
    };

    // What follows is the platform's own sentence.
    private static bool IsBeginning(JsonValue state, out string begin)
    {
        begin = state.GetValue<string>();
        var isOne = begin.EndsWith("...", StringComparison.Ordinal);
        begin = isOne ? begin[..^3] : begin;
        return isOne;
    }

    private static List<Scenario> Read()
    {
        var file = JsonNode.Parse(File.ReadAllText(DocsTests.PathOf("PushNet.Tests/Clients/scenarios.json")))!;
        var templates = file["templates"]!.AsObject();
        return [.. file["scenarios"]!.AsArray().Select(row =>
        {
            var scenario = row!.DeepClone().AsObject();
            foreach (var connection in scenario["connections"]!.AsArray())
            {
                var frames = connection!["frames"]?.AsArray() ?? [];
                connection["frames"] = new JsonArray([.. frames.Select(frame => Expanded(
                    frame is JsonValue name ? new JsonObject { ["like"] = name.DeepClone() } : frame!, templates))]);
            }

            return new Scenario(scenario);
        })];
    }

    private IEnumerable<string> PausesTooShort(JsonArray pauses) =>
        from i in Enumerable.Range(0, Connections.Count)
        let asked = Connections[i]["after_ms"]?.GetValue<double>()
        where asked is not null
        let pause = i <= pauses.Count ? pauses[i - 1]!.GetValue<double>() : 0
        where pause < asked - ToleranceMs
        select $"came back after {pause} ms, not {asked}";

    /// <summary>With what it is like in it: its own fields come in the place of those, and objects are merged.</summary>
    private static JsonNode? Expanded(JsonNode? json, JsonObject templates)
    {
        switch (json)
        {
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Expanded(item, templates))]);
            case JsonObject fields:
                var like = fields["like"]?.GetValue<string>();
                var result = like is null ? [] : Expanded(templates[like] ?? throw new KeyNotFoundException(like), templates)!.AsObject();
                foreach (var (name, value) in fields.Where(field => field.Key != "like"))
                {
                    result[name] = value is JsonObject inner && inner["like"] is null && result[name] is JsonObject before
                        ? Merged(before, inner, templates) : Expanded(value, templates);
                }

                return result;
            default:
                return json?.DeepClone();
        }
    }

    private static JsonObject Merged(JsonObject before, JsonObject inner, JsonObject templates)
    {
        var result = before.DeepClone().AsObject();
        foreach (var (name, value) in inner)
        {
            result[name] = value is JsonObject deeper && result[name] is JsonObject there && deeper["like"] is null
                ? Merged(there, deeper, templates) : Expanded(value, templates);
        }

        return result;
    }
}
