using System.CommandLine;
using PushNet.Web.Hosting;
using PushNet.Web.Operators.Commands;
using PushNet.Web.Settings;

namespace PushNet.Web.Commands.Ops;

/// <summary><c>ops</c>: the operator commands, asked of a running server on its operator port.</summary>
internal static class OpsCommand
{
    private const double DefaultWatch = 2;

    private static readonly Option<Uri?> Url =
        ServerUrl.Option(
            "The operator port. Default: PushNet__Operator__Url, otherwise http://127.0.0.1:8081.",
            "http://127.0.0.1:8081",
            Uri.UriSchemeHttp);

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the answer as JSON instead of a table.",
        Recursive = true,
    };

    private static readonly Option<double?> Watch = new("--watch")
    {
        Description = "Ask again and again until Ctrl-C, with this many seconds in between (default 2).",
        HelpName = "SECONDS",
        Recursive = true,
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            var seconds = DefaultWatch;
            if (result.Tokens is [var token] && (!double.TryParse(token.Value, out seconds) || seconds is < 0.1 or > 3600))
            {
                result.AddError($"--watch must be from 0.1 to 3600 seconds; \"{token.Value}\" is not.");
            }

            return seconds;
        },
    };

    /// <summary>The command with its nouns and verbs.</summary>
    public static Command Create()
    {
        var keyFile = ClientKey.FileOption;
        (keyFile.Recursive, Url.Recursive) = (true, true);
        var ops = new Command("ops", "Asks a running server, or tells it what to do. Needs a key with the scope ops.")
        {
            Url,
            keyFile,
            Json,
            Watch,
        };
        foreach (var commands in OperatorCommands.All.GroupBy(command => command.Noun))
        {
            var noun = new Command(
                commands.Key, $"{string.Join(", ", commands.Select(command => command.Verb))}: see {commands.Key} --help");
            foreach (var command in commands)
            {
                noun.Add(Verb(command));
            }

            ops.Add(noun);
        }

        return ops;
    }

    private static Command Verb(OperatorCommand command)
    {
        var verb = new Command(command.Verb, command.Description);
        var readers = command.Parameters.Select(parameter => (parameter.Name, Read: Reader(verb, parameter))).ToList();
        verb.SetAction((parsed, cancellation) => Run(
            parsed,
            command,
            [.. readers.Select(reader => KeyValuePair.Create(reader.Name, reader.Read(parsed)!)).Where(given => given.Value is not null)],
            cancellation));
        return verb;
    }

    private static Func<ParseResult, string?> Reader(Command verb, CommandParameter parameter)
    {
        if (parameter.IsRequired)
        {
            var argument = new Argument<string>(parameter.Name.ToUpperInvariant()) { Description = parameter.Description };
            verb.Add(argument);
            return parsed => parsed.GetRequiredValue(argument);
        }

        if (parameter.IsFlag)
        {
            var flag = new Option<bool>($"--{parameter.Name}") { Description = parameter.Description };
            verb.Add(flag);
            return parsed => parsed.GetValue(flag) ? "true" : null;
        }

        var option = new Option<string?>($"--{parameter.Name}")
        {
            Description = parameter.Description + (parameter.Default is { } value ? $" Default: {value}." : ""),
            HelpName = parameter.Name.ToUpperInvariant(),
        };
        if (parameter.Choices.Count > 0)
        {
            option.AcceptOnlyFromAmong([.. parameter.Choices]);
        }

        verb.Add(option);
        return parsed => parsed.GetValue(option);
    }

    private static async Task<int> Run(
        ParseResult parsed, OperatorCommand command, KeyValuePair<string, string>[] parameters, CancellationToken cancellation)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        double? every = parsed.GetResult(Watch) is null ? null : parsed.GetValue(Watch) ?? DefaultWatch;
        if (every is not null && command.Changes)
        {
            await error.WriteLineAsync($"--watch does a command again and again; {command.Name} changes something, so do it without.");
            return 1;
        }

        try
        {
            using var server = new OpsServer(parsed.GetValue(Url) ?? Configured(), ClientKey.Of(parsed));
            var view = new OpsView(output, parsed.GetValue(Json));
            var hasShown = false;
            do
            {
                try
                {
                    view.Show(await server.AskAsync(command, parameters, cancellation), again: every is not null);
                    hasShown = true;
                }
                catch (ServerException e) when (hasShown && e.MayPass)
                {
                    await error.WriteLineAsync(e.Message);
                }
            }
            while (every is { } seconds && await Wait(seconds, cancellation));
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e) when (e is SettingsException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<bool> Wait(double seconds, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancellation);
        return true;
    }

    private static Uri Configured() => PushNetServer.Configure(null).Options.Operator.Url is { Length: > 0 } url
        ? new Uri(url)
        : throw new SettingsException($"{SettingsRules.Name("Operator:Url")} is empty, so the server has no operator port.");
}
