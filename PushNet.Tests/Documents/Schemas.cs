using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace PushNet.Tests.Documents;

/// <summary>The schemas of a document, for validating.</summary>
internal sealed class Schemas(string document)
{
    private readonly JsonObject _schemas = JsonNode.Parse(document)!["components"]!["schemas"]!.AsObject();
    private readonly Dictionary<string, JsonSchema> _read = [];

    public IEnumerable<string> Names => _schemas.Select(schema => schema.Key);

    /// <summary>What is wrong with JSON by a schema; empty when nothing is.</summary>
    public async Task<List<string>> FaultsOf(string name, string json)
    {
        if (!_read.TryGetValue(name, out var schema))
        {
            _read[name] = schema = await ReadAsync(name);
        }

        return [.. schema.Validate(json).Select(fault => fault.ToString())];
    }

    private bool IsRequired(string schema, string[] path, string name) => path.Length == 0
        ? Requires(_schemas[schema], name)
        : _schemas.Any(one => Requires(one.Value, name)) || !_schemas.Any(one => one.Value!["properties"]?[name] is not null);

    private static bool Requires(JsonNode? schema, string name) =>
        schema!["required"]?.AsArray().Any(field => field!.GetValue<string>() == name) == true;

    private Task<JsonSchema> ReadAsync(string name) => JsonSchema.FromJsonAsync(new JsonObject
    {
        ["$ref"] = $"#/definitions/{name}",
        ["definitions"] = _schemas.DeepClone(),
    }.ToJsonString().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal));

    /// <summary>Every way to break an object in one place: one field too many, too few, or of another kind; inside it too.</summary>
    public IEnumerable<(string What, string Json)> Broken(string schema, string json)
    {
        foreach (var path in ObjectsIn(JsonNode.Parse(json)!.AsObject(), []))
        {
            yield return ($"{string.Join('.', path)} with a field too many", Change(json, path, broken => broken["unheard_of"] = 1));
            foreach (var (name, value) in At(JsonNode.Parse(json)!, path))
            {
                // A filter holds what was asked for and nothing else, and a game of a snapshot its markets only where they were asked for.
                if (path is not [.., "filter"] && (path, name) is not ([.., "games", _], "markets") && IsRequired(schema, path, name))
                {
                    yield return ($"{string.Join('.', path)} without {name}", Change(json, path, broken => broken.Remove(name)));
                }

                var other = value?.GetValueKind() is JsonValueKind.Array ? JsonValue.Create("text") : (JsonNode)new JsonArray(1);
                yield return ($"{string.Join('.', path)} with another kind of {name}", Change(json, path, broken => broken[name] = other));
            }
        }
    }

    private static string Change(string json, string[] path, Action<JsonObject> change)
    {
        var root = JsonNode.Parse(json)!;
        change(At(root, path));
        return root.ToJsonString();
    }

    private static JsonObject At(JsonNode root, string[] path) =>
        path.Aggregate(root, (node, step) => node is JsonArray array ? array[int.Parse(step)]! : node[step]!).AsObject();

    private static IEnumerable<string[]> ObjectsIn(JsonNode? node, string[] path) => node switch
    {
        // The names in these are data and not fields.
        _ when path is [.., "markets" or "feed" or "dropped_by_type"] => [],
        JsonObject inside => inside.SelectMany(field => ObjectsIn(field.Value, [.. path, field.Key])).Prepend(path),
        JsonArray { Count: > 0 } array => ObjectsIn(array[0], [.. path, "0"]),
        _ => [],
    };
}
