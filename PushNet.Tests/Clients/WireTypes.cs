using System.Text.Json.Nodes;
using PushNet.Web.Documents;

namespace PushNet.Tests.Clients;

/// <summary>The types of everything on the wire, as /asyncapi.json describes them, for writing them down in other languages.</summary>
internal static class WireTypes
{
    private const string FrameSuffix = "Frame";

    /// <summary>A named type: an object with fields, or a map.</summary>
    /// <param name="Name">In PascalCase.</param>
    /// <param name="Description">A phrase.</param>
    /// <param name="Fields">Of an object, in order; empty for a map.</param>
    /// <param name="Map">Of a map, the type of its values.</param>
    public sealed record Named(string Name, string Description, IReadOnlyList<Field> Fields, WireType? Map)
    {
        /// <summary>The <c>type</c> of a frame that the server sends; null for other types.</summary>
        public string? FrameType =>
            Name.EndsWith(FrameSuffix, StringComparison.Ordinal) && Fields[0].Type.Words is [var type] ? type : null;

        public bool Has(string field) => Fields.Any(one => one.Name == field);
    }

    /// <summary>A field of an object.</summary>
    public sealed record Field(string Name, string Description, WireType Type, bool IsOptional);

    /// <summary>The type of a field.</summary>
    /// <param name="Kind">string, integer, number, boolean, array (of Of), map (to Of) or the name of a type.</param>
    /// <param name="IsNullable">Null is written out.</param>
    /// <param name="Words">The strings that it may be, where they are fixed.</param>
    /// <param name="Of">Of an array or a map.</param>
    public sealed record WireType(string Kind, bool IsNullable, IReadOnlyList<string> Words, WireType? Of);

    /// <summary>Every type, frames last; a type stands behind those that it names.</summary>
    public static IReadOnlyList<Named> All { get; } = Sorted(AsyncApi.Document()["components"]!["schemas"]!.AsObject());

    /// <summary>The frames that the server sends.</summary>
    public static IEnumerable<Named> Sent => All.Where(type => type.FrameType is not null);

    /// <summary>The same name in PascalCase.</summary>
    public static string Pascal(string name) =>
        string.Concat(name.Split('_').Select(word => $"{char.ToUpperInvariant(word[0])}{word[1..]}"));

    // An object that stands within a field becomes a type with the field's name, if that says enough.
    private static string NameWithin(string field) => field == "stale" ? "StaleFeed" : Pascal(field);

    private static List<Named> Sorted(JsonObject schemas)
    {
        var all = new List<Named>();
        foreach (var (name, schema) in schemas.Where(schema => schema.Key != FrameSchemas.NameOf("ping")))
        {
            foreach (var (field, inner) in schema!["properties"]?.AsObject() ?? [])
            {
                if (new[] { inner!, inner!["items"] }.FirstOrDefault(one => one?["properties"] is not null) is { } within)
                {
                    all.Add(NamedOf(NameWithin(field), within));
                }
            }

            all.Add(NamedOf(name, schema));
        }

        var sorted = new List<Named>();
        while (all.Count > 0)
        {
            var next = all.First(type => !Referred(type).Any(name => all.Any(other => other.Name == name)));
            all.Remove(next);
            sorted.Add(next);
        }

        return sorted;
    }

    private static IEnumerable<string> Referred(Named type) =>
        type.Fields.Select(field => field.Type).Append(type.Map).SelectMany(Parts).Select(part => part.Kind);

    private static IEnumerable<WireType> Parts(WireType? type) => type is null ? [] : Parts(type.Of).Prepend(type);

    private static Named NamedOf(string name, JsonNode schema) => new(
        name,
        schema["description"]!.GetValue<string>(),
        [.. (schema["properties"]?.AsObject() ?? []).Select(field => new Field(
            field.Key, DescriptionOf(field.Value!), TypeOf(field.Key, field.Value!), !IsRequired(schema, field.Key)))],
        schema["additionalProperties"] is JsonObject values ? TypeOf(name, values) : null);

    private static bool IsRequired(JsonNode schema, string field) =>
        schema["required"]!.AsArray().Any(name => name!.GetValue<string>() == field);

    private static string DescriptionOf(JsonNode schema) => schema["description"]?.GetValue<string>() ?? "";

    private static WireType TypeOf(string field, JsonNode schema)
    {
        if (schema["$ref"] is { } reference)
        {
            return new WireType(reference.GetValue<string>().Split('/')[^1], false, [], null);
        }

        if (schema["properties"] is not null)
        {
            return new WireType(NameWithin(field), false, [], null);
        }

        string[] types = schema["type"] is JsonArray several
            ? [.. several.Select(one => one!.GetValue<string>())] : [schema["type"]!.GetValue<string>()];
        string[] words = [.. (schema["enum"]?.AsArray() ?? []).Select(word => word!.GetValue<string>())];
        var inner = (schema["items"] ?? schema["additionalProperties"] as JsonObject) is { } of ? TypeOf(field, of) : null;
        return new WireType(types[0] == "object" ? "map" : types[0], types.Contains("null"), words, inner);
    }
}
