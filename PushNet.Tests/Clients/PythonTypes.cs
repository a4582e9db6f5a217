using System.Text;
using static PushNet.Tests.Clients.WireTypes;

namespace PushNet.Tests.Clients;

/// <summary>clients/python/pushnet/frames.py, for Python 3.9: without NotRequired, optional fields need a class of their own.</summary>
internal static class PythonTypes
{
    private const string Head = """"
        """What the server sends: docs/protocol.md explains it. Written from /asyncapi.json by ClientTypesTests."""

        from typing import Dict, List, Literal, Optional, TypedDict, Union

        """";

    public static string Text()
    {
        var text = new StringBuilder(Head);
        foreach (var type in All)
        {
            if (type.Map is { } values)
            {
                text.Append($"\n\n#: {type.Description}.\n{type.Name} = Dict[str, {TypeOf(values)}]\n");
                continue;
            }

            var hasOptional = type.Fields.Any(field => field.IsOptional);
            var hasBoth = hasOptional && !type.Fields.All(field => field.IsOptional);
            if (hasBoth)
            {
                text.Append($"\n\nclass _{type.Name}(TypedDict):\n").Append(FieldsOf(type, isOptional: false));
            }

            text.Append($"\n\nclass {type.Name}({(hasBoth ? $"_{type.Name}" : "TypedDict")}{(hasOptional ? ", total=False" : "")}):\n");
            text.Append($"    \"\"\"{type.Description}.\"\"\"\n\n").Append(FieldsOf(type, isOptional: hasOptional));
        }

        text.Append("\n\n#: Any frame that is known today. Ignore those of other types: more may be added.\nFrame = Union[\n");
        return text.Append(string.Concat(Sent.Select(frame => $"    {frame.Name},\n"))).Append("]\n").ToString();
    }

    private static string FieldsOf(Named type, bool isOptional) => string.Concat(
        from field in type.Fields
        where field.IsOptional == isOptional
        select $"{(field.Description.Length > 0 ? $"    #: {field.Description}.\n" : "")}    {field.Name}: {TypeOf(field.Type)}\n");

    private static string TypeOf(WireType type)
    {
        var name = type.Kind switch
        {
            _ when type.Words.Count > 0 => $"Literal[{string.Join(", ", type.Words.Select(word => $"\"{word}\""))}]",
            "string" => "str",
            "integer" => "int",
            "number" => "float",
            "boolean" => "bool",
            "array" => $"List[{TypeOf(type.Of!)}]",
            "map" => $"Dict[str, {TypeOf(type.Of!)}]",
            _ => type.Kind,
        };
        return type.IsNullable ? $"Optional[{name}]" : name;
    }
}
