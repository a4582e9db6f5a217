using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using PushNet.Actors.State;
using PushNet.Web.Hosting;

namespace PushNet.Tests.Hosting;

public sealed class FailedStartTests : ActorTest
{
    [Fact]
    public async Task A_board_that_can_not_be_kept_does_not_hide_why_the_start_failed()
    {
        var board = CreateTestProbe();
        var registry = ActorRegistry.For(Sys);
        registry.Register<GameStateActor>(board);
        await using var services = new ServiceCollection().AddSingleton(registry).BuildServiceProvider();

        var keeping = FailedStart.KeepBoardAsync(services);
        await board.ExpectMsgAsync<GetBoardStatus>();
        board.Reply(new Status.Failure(new InvalidOperationException("the board is broken")));
        await keeping;

        await FailedStart.KeepBoardAsync(new ServiceCollection().BuildServiceProvider());
    }
}
