using System.Globalization;
using PushNet.Web.Settings;

namespace PushNet.Web.Operators.Commands;

/// <summary>What a command was given, checked against its parameters. Pure.</summary>
internal sealed class CommandInput
{
    private readonly Dictionary<string, string> _values;

    private CommandInput(Dictionary<string, string> values) => _values = values;

    /// <summary>Checks what was given.</summary>
    /// <exception cref="CommandException">Something is missing, unknown, or not one of its choices.</exception>
    public static CommandInput Of(OperatorCommand command, IEnumerable<KeyValuePair<string, string>> given)
    {
        var values = command.Parameters.Where(parameter => parameter.Default is not null)
            .ToDictionary(parameter => parameter.Name, parameter => parameter.Default!);
        foreach (var (name, value) in given)
        {
            var parameter = command.Parameters.FirstOrDefault(parameter => parameter.Name == name)
                ?? throw Bad(
                    $"\"{name}\" is no parameter of {command.Name}; it has "
                    + (command.Parameters.Count == 0 ? "none" : string.Join(", ", command.Parameters.Select(one => one.Name))));
            values[name] = parameter.Choices.Count == 0 || parameter.Choices.Contains(value)
                ? value
                : throw Bad($"{name} must be one of {string.Join(", ", parameter.Choices)}; \"{value}\" is not");
        }

        return command.Parameters.FirstOrDefault(
            parameter => parameter.IsRequired && string.IsNullOrEmpty(values.GetValueOrDefault(parameter.Name))) is { } missing
            ? throw Bad($"{command.Name} needs {missing.Name}: {missing.Description}")
            : new CommandInput(values);
    }

    /// <summary>A text; null when it was left out.</summary>
    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <summary>A text that can't be left out.</summary>
    public string Required(string name) => _values[name];

    /// <summary>A whole number.</summary>
    /// <exception cref="CommandException">It is not a number, or is out of range.</exception>
    public long Number(string name, long least, long most) =>
        long.TryParse(_values[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Bad($"{name} must be a number from {least} to {most}; \"{_values[name]}\" is not");

    /// <summary>A whole number; null when it was left out.</summary>
    /// <exception cref="CommandException">It is not a number, or is out of range.</exception>
    public long? NumberIfGiven(string name, long least, long most) => Text(name) is null ? null : Number(name, least, most);

    /// <summary>A span of time; null when it was left out.</summary>
    /// <exception cref="CommandException">It is not a span, or is out of range.</exception>
    public TimeSpan? SpanIfGiven(string name, TimeSpan least, TimeSpan most) =>
        Text(name) is not { } text ? null
        : Durations.Parse(text) is { } span && span >= least && span <= most ? span
        : throw Bad($"{name} must be a time such as {Durations.Form}, from {least} to {most}; \"{text}\" is not");

    /// <summary>True when a flag was given.</summary>
    public bool Has(string flag) => Text(flag) is "true";

    private static CommandException Bad(string message) => new(StatusCodes.Status400BadRequest, message);
}
