using Akka.Actor;
using PushNet.Actors.Log;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.State;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Log;

/// <summary>Servers whose log loses what it had, and operators who put the board of one of them in its place.</summary>
public sealed class LogRepairTests : ActorTestOnLog
{
    [Fact]
    public async Task A_log_that_is_deleted_is_made_again_by_a_repair_and_all_servers_go_on_with_one_board()
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        await a.SendAsync(Lines.Game("g1"), Lines.Price("g1", 110));
        await b.FramesUntilAsync("\"new_price\":110");
        var seq = (await a.StatusAsync()).Seq;
        BoardLog.Delete();
        await IsLostAsync(a);
        await IsLostAsync(b);

        Assert.Equal(seq + LogRepair.SeqStep, (await a.Actor.Ask<LogRepaired>(new RepairLog(), PushServer.Patience)).Seq);

        await a.Odds.FishForMessageAsync(message => message is BoardReset);
        await b.Odds.FishForMessageAsync(message => message is BoardReset);
        await IsReadyAsync(a);
        await IsReadyAsync(b);
        await b.SendAsync(Lines.Price("g1", 120));
        var frames = await a.FramesUntilAsync("\"new_price\":120");
        Assert.Contains($"\"seq\":{seq + LogRepair.SeqStep + 1}", frames[^1], StringComparison.Ordinal);
        Assert.Equal((await a.StatusAsync()).Seq, (await b.StatusAsync()).Seq);
        Assert.Equal(1, (await (await StartAsync("c")).StatusAsync()).Games);
    }

    [Fact]
    public async Task A_server_that_has_not_read_what_is_lost_hears_of_it_from_one_that_has()
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        await a.SendAsync(Lines.Game("g1"));
        await b.FramesUntilAsync("new_game");
        b.Own.IsAway = true;
        var end = BoardLog.Entries.Count;
        await a.SendAsync(Lines.Game("g2"));
        await a.SendAsync(Lines.Game("g3"));
        BoardLog.LoseBehind(end);
        b.Own.IsAway = false;

        await IsLostAsync(a);
        await IsLostAsync(b);
        Assert.Contains("that server a had read", (await b.StatusAsync()).Fault, StringComparison.Ordinal);

        await a.Actor.Ask<LogRepaired>(new RepairLog(), PushServer.Patience);
        await IsReadyAsync(a);
        await IsReadyAsync(b);
        Assert.Equal(3, (await b.StatusAsync()).Games);
        Assert.Equal(1, (await b.SendAsync(Lines.Game("g4"))).Counts.Applied);
    }

    [Fact]
    public async Task A_log_that_lost_nothing_is_not_repaired()
    {
        var a = await StartAsync("a");

        var refused = await Assert.ThrowsAsync<LogRefusalException>(
            () => a.Actor.Ask<LogRepaired>(new RepairLog(), PushServer.Patience));

        Assert.Contains("nothing to repair", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(BoardLog.Entries, entry => entry is BaseEntry);
    }

    [Fact]
    public async Task Of_two_servers_that_differ_the_younger_begins_anew_with_an_image_of_the_older()
    {
        var a = await StartAsync("a");
        await HasReportedAsync("a");
        var b = await StartAsync("b");
        await a.SendAsync(Lines.Game("g1"));
        await b.FramesUntilAsync("new_game");
        await HasReportedAsync("b");

        // What a bug would do: b makes something else of the next message than a.
        b.Own.Forges = entry => entry is LinesEntry lines ? lines with { Lines = [LogGiven.Line(Lines.Game("g1", home: 9))] } : entry;
        await a.SendAsync(Lines.Game("g1", home: 2));
        await b.FramesUntilAsync("\"score_home\":9");
        b.Own.Forges = null;

        await Eventually.True(async () =>
            (await b.StatusAsync()).Fault?.Contains("the boards of b and a differ", StringComparison.Ordinal) is true);
        await b.Odds.FishForMessageAsync(message => message is BoardReset, PushServer.Patience);
        await Eventually.True(async () => (await a.StatusAsync()).Fault is null && (await b.StatusAsync()).Fault is null);
        Assert.NotEmpty(BoardLog.Images);
        Assert.Equal(2, await HomeScoreAsync(a));
        Assert.Equal(2, await HomeScoreAsync(b));
    }

    [Fact]
    public async Task Rules_that_an_operator_changes_are_in_force_on_all_servers_and_those_that_one_does_not_know_are_refused()
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        await a.SendAsync(Lines.Game("g1"));
        await HasReportedAsync("a", "b");

        var changed = await a.Actor.Ask<RulesChanged>(new ChangeRules(null, 1, null, null, 50), PushServer.Patience);

        Assert.Equal((1, 50, BoardRules.Highest), (changed.Rules.MaxGames, changed.Rules.MaxConnections, changed.Rules.Number));
        Assert.Equal(1, (await b.SendAsync(Lines.Game("g2"))).Counts.Rejected);
        Assert.Equal(changed.Rules, (await b.Actor.Ask<BoardLogShown>(new ShowBoardLog(), PushServer.Patience)).Rules);

        var unknown = await RefusedAsync(a, BoardRules.Highest + 1);
        Assert.Contains("this version knows rules", unknown, StringComparison.Ordinal);
        BoardLog.Add(new ServerEntry(5, new LogServer("old", "0.1.0", 0, BoardRules.Highest - 1, "", 0) { Report = 1 }));
        await HasReportedAsync("old");
        await Eventually.True(() => Task.FromResult(Keepings[0].Servers.Count == 3));
        Assert.Contains("server old (0.1.0) does not know", await RefusedAsync(a, BoardRules.Highest), StringComparison.Ordinal);
    }

    private static async Task<string> RefusedAsync(LogServerGiven server, int rules) =>
        (await Assert.ThrowsAsync<LogRefusalException>(
            () => server.Actor.Ask<RulesChanged>(new ChangeRules(rules, null, null, null, null), PushServer.Patience))).Message;

    private static Task IsLostAsync(LogServerGiven server) =>
        Eventually.True(async () => (await server.StatusAsync()).Log!.Standing is LogStanding.Lost);

    private static Task IsReadyAsync(LogServerGiven server) =>
        Eventually.True(async () => (await server.StatusAsync()) is { Log.Standing: LogStanding.Ready, Fault: null });

    private static async Task<int?> HomeScoreAsync(LogServerGiven server) =>
        (await server.Actor.Ask<GameInspected>(new InspectGame("g1"), PushServer.Patience)).Game!.Game.Scores.ScoreHome;

    private Task HasReportedAsync(params string[] names) => Eventually.True(() => Task.FromResult(
        names.All(name => BoardLog.Entries.OfType<ServerEntry>().Any(entry => entry.Server.Name == name))));
}
