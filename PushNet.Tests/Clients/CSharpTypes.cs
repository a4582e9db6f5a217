using System.Text;
using static PushNet.Tests.Clients.WireTypes;

namespace PushNet.Tests.Clients;

/// <summary>clients/dotnet/Frames.cs.</summary>
internal static class CSharpTypes
{
    private const string Head = """
        // Written from /asyncapi.json by ClientTypesTests. What the server sends: docs/protocol.md explains it.
        using System.Text.Json.Serialization;

        namespace PushNet.Client;

        """;

    private const int Width = 140;
    private const string Base = "Game", Derived = "SnapshotGame";

    private static readonly string[] OfNumbered = ["type", "ts", "seq"];

    public static string Text()
    {
        var text = new StringBuilder(Head);
        foreach (var type in All.Where(type => type.Map is null))
        {
            var isNumbered = IsNumbered(type);
            IEnumerable<string> inherited = isNumbered ? OfNumbered : type.FrameType is not null ? ["type"]
                : type.Name == Derived ? All.Single(one => one.Name == Base).Fields.Select(field => field.Name) : [];
            text.Append($"\n{Summary(type.Description)}public {Heading(type)}\n{{\n");
            text.Append(string.Join("\n",
                type.Fields.Where(field => !inherited.Contains(field.Name)).Select(field => PropertyOf(field, type.Name))));
            text.Append("}\n");
        }

        text.Append("\n/// <summary>How each type is read.</summary>\n");
        text.Append("[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]\n");
        text.Append(string.Concat(Sent.Select(frame => $"[JsonSerializable(typeof({frame.Name}))]\n")));
        text.Append("internal sealed partial class FrameJson : JsonSerializerContext\n{\n");
        text.Append("    /// <summary>Reads a frame of a type that is known; null for others.</summary>\n");
        text.Append("    public static Frame? Read(string type, ReadOnlySpan<byte> utf8) => type switch\n    {\n");
        text.Append(string.Concat(Sent.Select(frame =>
            $"        \"{frame.FrameType}\" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.{frame.Name}),\n")));
        return text.Append("        _ => null,\n    };\n}\n").ToString();
    }

    private static bool IsNumbered(Named type) => type.FrameType is not null && type.Has("seq");

    private static string Heading(Named type) => type.FrameType is { } frame
        ? $"sealed record {type.Name}() : {(IsNumbered(type) ? "NumberedFrame" : "Frame")}(\"{frame}\")"
        : $"{(type.Name == Base ? "" : "sealed ")}record {type.Name}{(type.Name == Derived ? $" : {Base}" : "")}";

    private static string Summary(string text, string words = "", string indent = "")
    {
        var line = $"{indent}/// <summary>{text}{(words.Length > 0 ? $": {words}" : "")}.</summary>\n";
        return line.Length <= Width ? line
            : $"{indent}/// <summary>\n{indent}/// {text}{(words.Length > 0 ? $":\n{indent}/// {words}" : "")}.\n{indent}/// </summary>\n";
    }

    // A member can't have the name of its type.
    private static string PropertyOf(Field field, string owner)
    {
        var name = Pascal(field.Name) == owner ? "Name" : Pascal(field.Name);
        var attribute = Pascal(field.Name) == owner ? $"    [JsonPropertyName(\"{field.Name}\")]\n" : "";
        var type = $"{TypeOf(field.Type)}{(field.Type.IsNullable || (field.IsOptional && field.Type.Kind != "boolean") ? "?" : "")}";
        var isRequired = !field.IsOptional && !field.Type.IsNullable;
        var description = field.Description.Length > 0 ? field.Description : Pascal(field.Name);
        return $"{Summary(description, string.Join(", ", field.Type.Words), "    ")}{attribute}"
            + $"    public {(isRequired ? "required " : "")}{type} {name} {{ get; init; }}\n";
    }

    private static string TypeOf(WireType type) => type.Kind switch
    {
        "string" => "string",
        "integer" => "long",
        "number" => "decimal",
        "boolean" => "bool",
        "array" => $"IReadOnlyList<{TypeOf(type.Of!)}>",
        "map" => $"IReadOnlyDictionary<string, {TypeOf(type.Of!)}>",
        _ when All.Single(one => one.Name == type.Kind).Map is { } values => $"IReadOnlyDictionary<string, {TypeOf(values)}>",
        _ => type.Kind,
    };
}
