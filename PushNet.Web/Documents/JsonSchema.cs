using System.Text.Json.Nodes;

namespace PushNet.Web.Documents;

/// <summary>
/// Builds JSON Schemas of the kind that both OpenAPI 3.1 and AsyncAPI 3 take. Objects are closed, and a field is required
/// unless it is said to be optional, so that a field that is in the code and not in the schema fails validation.
/// </summary>
internal static class JsonSchema
{
    private const string References = "#/components/schemas/";

    /// <summary>A field of an object.</summary>
    public sealed record Field(string Name, JsonObject Schema, bool IsOptional = false);

    public static JsonObject String(string description) => Of("string", description);

    public static JsonObject Integer(string description) => Of("integer", description);

    public static JsonObject Number(string description) => Of("number", description);

    public static JsonObject Boolean(string description) => Of("boolean", description);

    public static JsonObject EpochMs(string description) => Of("integer", $"{description}, in milliseconds since 1970");

    public static JsonObject OneOf(string description, params string[] values)
    {
        var schema = String(description);
        schema["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
        return schema;
    }

    public static JsonObject OrNull(JsonObject schema)
    {
        schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
        return schema;
    }

    public static JsonObject ArrayOf(JsonObject items, string description)
    {
        var schema = Of("array", description);
        schema["items"] = items;
        return schema;
    }

    public static JsonObject MapOf(JsonObject values, string description)
    {
        var schema = Of("object", description);
        schema["additionalProperties"] = values;
        return schema;
    }

    public static JsonObject Object(string description, params IEnumerable<Field> fields)
    {
        var schema = Of("object", description);
        schema["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Schema)));
        schema["required"] = new JsonArray([.. fields.Where(field => !field.IsOptional).Select(field => JsonValue.Create(field.Name))]);
        schema["additionalProperties"] = false;
        return schema;
    }

    /// <summary>A schema that is defined by name.</summary>
    public static JsonObject Ref(string name) => new() { ["$ref"] = References + name };

    private static JsonObject Of(string type, string description) => new() { ["type"] = type, ["description"] = description };
}
