using System.Text.Json;
using System.Text.Json.Nodes;
using PushNet.Actors.Games;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PushNet.Web.Operators.Commands;

/// <summary>Shows the answer of a command to people: a list as a table, an object as its fields, actors as a tree.</summary>
internal static class AnswerText
{
    private const int WidthWithoutTerminal = 200;
    private const string None = "-";

    /// <summary>A console on a writer, wide enough for tables where its width is not known.</summary>
    /// <param name="output">The writer.</param>
    /// <param name="widthWithoutTerminal">The width where it is not known, in columns.</param>
    public static IAnsiConsole Console(TextWriter output, int widthWithoutTerminal = WidthWithoutTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (System.Console.IsOutputRedirected)
        {
            console.Profile.Width = widthWithoutTerminal;
        }

        return console;
    }

    /// <summary>Makes what is shown of an answer.</summary>
    public static IRenderable Of(JsonNode? answer) => answer switch
    {
        JsonArray { Count: 0 } => new Text("none\n"),
        JsonArray rows when rows.All(row => row is JsonObject) => Rows([.. rows.Select(row => row!.AsObject())]),
        JsonArray list => new Text(string.Join(", ", list.Select(Value))),
        JsonObject actor when actor.ContainsKey("mailbox") => Actors(actor),
        JsonObject fields => Fields(fields),
        _ => new Text(Value(answer)),
    };

    private static Table Rows(IReadOnlyList<JsonObject> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var (name, value) in rows[0])
        {
            table.AddColumn(new TableColumn(new Text(name)) { Alignment = IsNumber(value) ? Justify.Right : Justify.Left, NoWrap = true });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(field => Cell(field.Key, field.Value)));
        }

        return table;
    }

    private static Table Fields(JsonObject fields)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumns("", "");
        foreach (var (name, value) in fields)
        {
            table.AddRow(new Text(name), Cell(name, value));
        }

        return table;
    }

    private static Tree Actors(JsonObject root)
    {
        var tree = new Tree(Label(root));
        Add(tree, root);
        return tree;

        static void Add(IHasTreeNodes parent, JsonObject actor)
        {
            var children = actor["children"]!.AsArray();
            foreach (var child in children.Select(child => child!.AsObject()))
            {
                Add(parent.AddNode(Label(child)), child);
            }

            if (actor["child_count"]!.GetValue<int>() - children.Count is var more and > 0)
            {
                parent.AddNode(new Text($"and {more} more"));
            }
        }

        static Text Label(JsonObject actor) =>
            new(ControlCharacters.Replace($"{actor["name"]} ({actor["type"]}) mailbox {actor["mailbox"]}"));
    }

    private static IRenderable Cell(string name, JsonNode? value) =>
        value is JsonObject or JsonArray { Count: > 0 } ? Of(value)
        : new Text(IsNumber(value) ? AnswerUnits.Of(name, value!.GetValue<double>()) ?? Value(value) : Value(value));

    private static bool IsNumber(JsonNode? value) => value?.GetValueKind() is JsonValueKind.Number;

    private static string Value(JsonNode? value) => value is null or JsonArray ? None : ControlCharacters.Replace(value.ToString());
}
