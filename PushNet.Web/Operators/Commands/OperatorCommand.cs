using Akka.Actor;
using PushNet.Actors.Journal;
using PushNet.Actors.Log;

namespace PushNet.Web.Operators.Commands;

/// <summary>
/// Something that operators can ask of a running server. It is the same over HTTP, in the tool <c>ops</c> and in Petabridge.Cmd.
/// </summary>
/// <param name="Name">Noun and verb: <c>subscriber kick</c>.</param>
/// <param name="Description">One sentence for help.</param>
/// <param name="Run">Does it. What it returns is shown as a table, or as JSON.</param>
internal sealed record OperatorCommand(string Name, string Description, Func<IServiceProvider, CommandInput, Task<object>> Run)
{
    /// <summary>True when it changes something, and therefore is a POST.</summary>
    public bool Changes { get; init; }

    public IReadOnlyList<CommandParameter> Parameters { get; init; } = [];

    public string Noun => Name.Split(' ')[0];

    public string Verb => Name.Split(' ')[1];

    /// <summary>Where it is below the operator port's address.</summary>
    public string Path => $"{Port.OperatorPort.Prefix}/{Noun}/{Verb}";

    /// <summary>Runs it with what was given.</summary>
    /// <exception cref="CommandException">It can't be done, for whatever reason.</exception>
    public async Task<object> DoAsync(IServiceProvider services, IEnumerable<KeyValuePair<string, string>> given)
    {
        try
        {
            return await Run(services, CommandInput.Of(this, given));
        }
        catch (BoardUnavailableException e)
        {
            throw new CommandException(StatusCodes.Status503ServiceUnavailable, e.Message);
        }
        catch (LogRefusalException e)
        {
            throw new CommandException(StatusCodes.Status409Conflict, e.Message);
        }
        catch (AskTimeoutException)
        {
            throw new CommandException(
                StatusCodes.Status503ServiceUnavailable, "an actor did not answer in time; it is busy, or the server is stopping");
        }
    }
}

/// <summary>A parameter of a command.</summary>
/// <param name="Name">Its name in queries and options.</param>
/// <param name="Description">One sentence for help.</param>
internal sealed record CommandParameter(string Name, string Description)
{
    /// <summary>True when the command can't do without it; the tool then takes it without its name.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True when it is true or false; the tool then takes its name alone for true.</summary>
    public bool IsFlag { get; init; }

    /// <summary>What it may be; empty for anything.</summary>
    public IReadOnlyList<string> Choices { get => IsFlag ? ["true", "false"] : field; init; } = [];

    /// <summary>What it is when it is left out; null for nothing.</summary>
    public string? Default { get; init; }
}

/// <summary>A command that can't be done; the message says why.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">The sentence.</param>
internal sealed class CommandException(int status, string message) : Exception(message)
{
    public int Status => status;
}
