// A stand-in for Petabridge.Cmd.Host, as far as OperatorPalette.cs uses it and as its public documentation shows it: the package
// is not on every registry, and the palette must not rot meanwhile. Never shipped.
using Akka.Actor;
using Akka.Hosting;

namespace Petabridge.Cmd
{
    public sealed record CommandDefinition(
        string Name, string Description, IReadOnlyList<(string Name, string Switch, bool IsMandatory)> Arguments);

    public sealed record CommandPalette(string ModuleName, IEnumerable<CommandDefinition> SupportedCommands);

    public sealed record Command(string Name, IReadOnlyList<Tuple<string, string>> Arguments);

    public sealed record CommandResponse(string Msg, bool Final);

    public sealed class CommandDefinitionBuilder
    {
        private readonly List<(string, string, bool)> _arguments = [];
        private string _name = "";
        private string _description = "";

        public CommandDefinitionBuilder WithName(string name)
        {
            _name = name;
            return this;
        }

        public CommandDefinitionBuilder WithDescription(string description)
        {
            _description = description;
            return this;
        }

        public CommandDefinitionBuilder WithArgument(Func<ArgumentBuilder, ArgumentBuilder> build)
        {
            var made = build(new ArgumentBuilder());
            _arguments.Add((made.Name, made.Switch, made.Mandatory));
            return this;
        }

        public CommandDefinition Build() => new(_name, _description, _arguments);
    }

    public sealed class ArgumentBuilder
    {
        internal string Name { get; private set; } = "";

        internal string Switch { get; private set; } = "";

        internal bool Mandatory { get; private set; }

        public ArgumentBuilder WithName(string name)
        {
            Name = name;
            return this;
        }

        public ArgumentBuilder WithSwitch(string name)
        {
            Switch = name;
            return this;
        }

        public ArgumentBuilder WithDescription(string description) =>
            description.Length > 0 ? this : throw new ArgumentException("empty", nameof(description));

        public ArgumentBuilder IsMandatory(bool mandatory)
        {
            Mandatory = mandatory;
            return this;
        }
    }
}

namespace Petabridge.Cmd.Host
{
    public abstract class CommandPaletteHandler(CommandPalette palette)
    {
        public CommandPalette Palette => palette;

        public abstract Props HandlerProps { get; }
    }

    public abstract class CommandHandlerActor(CommandPalette palette) : UntypedActor
    {
        private readonly Dictionary<string, Action<Command>> _handlers = [];

        protected void Process(string name, Action<Command> handler)
        {
            Assert.Contains(palette.SupportedCommands, command => command.Name == name);
            _handlers.Add(name, handler);
        }

        protected override void OnReceive(object message)
        {
            var command = (Command)message;
            _handlers[command.Name](command);
        }
    }

    public sealed class PetabridgeCmdOptions
    {
        public required string Host { get; init; }

        public required int Port { get; init; }
    }

    public sealed class PetabridgeCmd
    {
        public List<CommandPaletteHandler> Registered { get; } = [];

        public bool RegisterCommandPalette(CommandPaletteHandler handler)
        {
            Registered.Add(handler);
            return true;
        }
    }

    public static class PetabridgeCmdHosting
    {
        public static AkkaConfigurationBuilder AddPetabridgeCmd(
            this AkkaConfigurationBuilder builder, PetabridgeCmdOptions options, Action<PetabridgeCmd> hostConfiguration)
        {
            Assert.Equal("127.0.0.1", options.Host);
            Assert.Equal(9110, options.Port);
            return builder.AddStartup((system, registry) =>
            {
                var shell = new PetabridgeCmd();
                hostConfiguration(shell);
                registry.Register<PetabridgeCmd>(system.ActorOf(Assert.Single(shell.Registered).HandlerProps, "pbm-stub"));
            });
        }
    }
}
