using System.Text.Json;
using System.Text.Json.Nodes;

namespace PushNet.Web.Commands.Ops;

/// <summary>Shows what grows in the answers of a command by how fast it does. Pure.</summary>
internal static class AnswerRates
{
    private static readonly string[] Counts =
    [
        "seq", "deliveries", "bytes", "batches", "events", "dropped", "dropped_by_subscribers", "dropped_by_publishers", "key_frames",
        "applied", "unchanged", "stale", "rejected", "cpu_s", "gc_pause_ms",
    ];

    /// <summary>
    /// The answer, with a field <c>X/s</c> behind each count that the answer before has too. In rows it takes the place of the count,
    /// because tables are wide already.
    /// </summary>
    /// <param name="answer">An object, or a list of rows of which the first field is the name.</param>
    /// <param name="before">The answer before.</param>
    /// <param name="between">The time between the two.</param>
    public static JsonNode? Add(JsonNode? answer, JsonNode? before, TimeSpan between) => (answer, before) switch
    {
        (JsonObject now, JsonObject then) => Add(now, then, between, isRow: false),
        (JsonArray now, JsonArray then) when now.Concat(then).All(row => row is JsonObject { Count: > 0 }) =>
            new JsonArray([.. now.Select(row => Add(row!.AsObject(), then.Select(other => other!.AsObject()).FirstOrDefault(
                other => JsonNode.DeepEquals(other[0], row.AsObject()[0])), between, isRow: true))]),
        _ => answer?.DeepClone(),
    };

    // Every row gets the fields, so that rows of a table have the same ones.
    private static JsonObject Add(JsonObject now, JsonObject? then, TimeSpan between, bool isRow)
    {
        var shown = new JsonObject();
        foreach (var (name, value) in now)
        {
            var isCount = Counts.Contains(name);
            if (!isCount || !isRow)
            {
                shown.Add(name, value?.DeepClone());
            }

            if (isCount)
            {
                // What is counted anew, because the server was started again, has no rate yet.
                double? grown = Number(value) - Number(then?[name]);
                shown.Add($"{name}/s", grown >= 0 ? Math.Round(grown.Value / between.TotalSeconds, 1) : null);
            }
        }

        return shown;
    }

    private static double? Number(JsonNode? value) => value?.GetValueKind() is JsonValueKind.Number ? value.GetValue<double>() : null;
}
