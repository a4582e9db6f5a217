using System.Text;
using static PushNet.Tests.Clients.WireTypes;

namespace PushNet.Tests.Clients;

/// <summary>clients/js/frames.d.ts.</summary>
internal static class TypeScriptTypes
{
    public static string Text()
    {
        var text = new StringBuilder(
            "// Written from /asyncapi.json by ClientTypesTests. What the server sends: docs/protocol.md explains it.\n");
        foreach (var type in All)
        {
            text.Append($"\n/** {type.Description}. */\n");
            if (type.Map is { } values)
            {
                text.Append($"export type {type.Name} = Record<string, {TypeOf(values)}>;\n");
                continue;
            }

            text.Append($"export interface {type.Name} {{\n");
            foreach (var field in type.Fields)
            {
                text.Append(field.Description.Length > 0 ? $"  /** {field.Description}. */\n" : "");
                text.Append($"  {field.Name}{(field.IsOptional ? "?" : "")}: {TypeOf(field.Type)};\n");
            }

            text.Append("}\n");
        }

        text.Append("\n/** Any frame that is known today. Ignore those of other types: more may be added. */\nexport type Frame =");
        return text.Append(string.Concat(Sent.Select(frame => $"\n  | {frame.Name}"))).Append(";\n").ToString();
    }

    private static string TypeOf(WireType type)
    {
        var name = type.Kind switch
        {
            _ when type.Words.Count > 0 => string.Join(" | ", type.Words.Select(word => $"'{word}'")),
            "integer" => "number",
            "array" => $"{TypeOf(type.Of!)}[]",
            "map" => $"Record<string, {TypeOf(type.Of!)}>",
            _ => type.Kind,
        };
        return type.IsNullable ? $"{name} | null" : name;
    }
}
