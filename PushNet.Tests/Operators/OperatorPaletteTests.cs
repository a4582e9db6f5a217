using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;
using PushNet.Actors.Journal;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Operators.Commands;

namespace PushNet.Tests.Operators;

public class OperatorPaletteTests
{
    [Fact]
    public void The_palette_has_every_command_with_its_arguments()
    {
        Assert.Equal("pushnet", OperatorPalette.Commands.ModuleName);
        Assert.Equal(OperatorCommands.All.Select(command => command.Name.Replace(' ', '-')),
            OperatorPalette.Commands.SupportedCommands.Select(command => command.Name));
        var kick = OperatorPalette.Commands.SupportedCommands.Single(command => command.Name == "subscriber-kick");
        Assert.Equal(("conn", "--conn", true), Assert.Single(kick.Arguments));
    }

    [Fact]
    public async Task Commands_are_done_and_answered_as_text()
    {
        await using var server = await PushServer.StartAsync();
        using var client = await server.JoinAsync("live");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAkka("shell", (akka, _) => OperatorPalette.AddTo(akka, server.Services));
        using var host = builder.Build();
        await host.StartAsync();
        var shell = host.Services.GetRequiredService<ActorRegistry>().Get<PetabridgeCmd>();

        var channels = await shell.Ask<CommandResponse>(new Command("channel-list", []), PushServer.Patience);
        Assert.True(channels.Final);
        Assert.Matches(@"(?m)^\s*live\s+1\s", channels.Msg);

        var kicked = await shell.Ask<CommandResponse>(new Command("subscriber-kick", [Tuple.Create("--conn", "99")]), PushServer.Patience);
        Assert.Equal("connection 99 is not open", kicked.Msg);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_board_that_cannot_be_written_is_a_sentence_too()
    {
        var command = new OperatorCommand("game remove", "", (_, _) => throw new BoardUnavailableException("no room"));
        await using var services = new ServiceCollection().BuildServiceProvider();

        Assert.Equal("no room", await OperatorShell.AnswerAsync(services, command, []));
    }
}
