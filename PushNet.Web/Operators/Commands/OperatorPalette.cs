using Akka.Actor;
using Akka.Hosting;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;

namespace PushNet.Web.Operators.Commands;

/// <summary>
/// The commands as a palette of Petabridge.Cmd: <c>pushnet actor-tree</c> in its shell. The default build leaves it out, and the tests
/// compile it against a stub of that package.
/// </summary>
internal sealed class OperatorPalette(IServiceProvider services) : CommandPaletteHandler(Commands)
{
    /// <summary>Petabridge.Cmd asks for no key, so it can be reached from this machine only.</summary>
    public const string Host = "127.0.0.1";

    public const int Port = 9110;

    public static readonly CommandPalette Commands = new("pushnet", [.. OperatorCommands.All.Select(Define)]);

    public override Props HandlerProps => Props.Create(() => new Handler(services));

    public static void AddTo(AkkaConfigurationBuilder akka, IServiceProvider services) =>
        akka.AddPetabridgeCmd(
            new PetabridgeCmdOptions { Host = Host, Port = Port }, shell => shell.RegisterCommandPalette(new OperatorPalette(services)));

    private static string NameOf(OperatorCommand command) => $"{command.Noun}-{command.Verb}";

    private static CommandDefinition Define(OperatorCommand command)
    {
        var definition = new CommandDefinitionBuilder().WithName(NameOf(command)).WithDescription(command.Description);
        foreach (var parameter in command.Parameters)
        {
            definition = definition.WithArgument(argument =>
                argument.WithName(parameter.Name).WithSwitch($"--{parameter.Name}").WithDescription(parameter.Description)
                    .IsMandatory(parameter.IsRequired));
        }

        return definition.Build();
    }

    private sealed class Handler : CommandHandlerActor
    {
        private readonly IServiceProvider _services;

        public Handler(IServiceProvider services)
            : base(Commands)
        {
            _services = services;
            foreach (var command in OperatorCommands.All)
            {
                Process(NameOf(command), asked => Run(command, asked));
            }
        }

        private void Run(OperatorCommand command, Petabridge.Cmd.Command asked) => Answer(command, asked).PipeTo(Sender);

        private async Task<CommandResponse> Answer(OperatorCommand command, Petabridge.Cmd.Command asked)
        {
            var given = asked.Arguments.Select(argument => KeyValuePair.Create(argument.Item1.TrimStart('-'), argument.Item2));
            return new CommandResponse(await OperatorShell.AnswerAsync(_services, command, given), true);
        }
    }
}
