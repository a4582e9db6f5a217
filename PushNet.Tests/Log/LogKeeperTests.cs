using Akka.Actor;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;
using PushNet.Actors.State;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Log;

/// <summary>Servers that share a log in memory.</summary>
public sealed class LogKeeperTests : ActorTestOnLog
{
    [Fact]
    public async Task Whatever_comes_to_any_server_is_told_by_all_in_the_same_frames()
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        await a.SendAsync(Lines.Game("g1"), Lines.Price("g1", 110));
        await b.SendAsync(Lines.Game("g1", home: 2), Lines.Game("g2"));
        await a.RemoveAsync("g2");
        await b.SendAsync(Lines.Price("g1", 120));

        var frames = await a.FramesUntilAsync("\"new_price\":120");
        Assert.Equal(frames, await b.FramesUntilAsync("\"new_price\":120"));
        Assert.Contains(frames, frame => frame.Contains("game_removed", StringComparison.Ordinal));
        Assert.Equal((await a.StatusAsync()).Seq, (await b.StatusAsync()).Seq);
    }

    [Fact]
    public async Task A_receipt_is_that_of_one_server_and_what_is_no_observation_never_comes_to_the_log()
    {
        var a = await StartAsync("a");

        var receipt = await a.SendAsync(
            "nonsense", Lines.Game("g1"), Lines.Game("g1"), Lines.Price("unknown", 110), Ahead("g1"), new string('x', 100_000));

        Assert.Equal((6L, new ObservationCounts(1, 1, 0, 4)), (receipt.LastLine, receipt.Counts));
        Assert.Equal([1L, 4, 5, 6], receipt.Errors.Select(error => error.Line));
        Assert.Contains("not known", receipt.Errors[1].Error, StringComparison.Ordinal);
        Assert.Equal(4, BoardLog.Entries.OfType<LinesEntry>().Sum(entry => entry.Lines.Count));
        Assert.Equal(1, (await a.SendAsync("nonsense")).Counts.Rejected);
        Assert.Equal("game g9 is not known", (await a.RemoveAsync("g9")).Error);
    }

    [Fact]
    public async Task A_group_that_is_too_long_for_an_entry_has_one_receipt_with_its_own_numbers()
    {
        var a = await StartAsync("a");

        var receipt = await a.SendAsync([Lines.Game("g1"), .. Enumerable.Range(0, 600).Select(i => Lines.Price("g1", 100, $"o{i}")),
            Lines.Price("unknown", 1), "nonsense"]);

        Assert.Equal((603L, new ObservationCounts(601, 0, 0, 2)), (receipt.LastLine, receipt.Counts));
        Assert.Equal([602L, 603], receipt.Errors.Select(error => error.Line));
        Assert.Equal(2, BoardLog.Entries.OfType<LinesEntry>().Count());
    }

    [Fact]
    public async Task The_first_server_brings_its_rules_in_front_of_its_lines_and_the_next_takes_them()
    {
        var a = await StartAsync("a", Given.Limits with { MaxGames = 1 });
        await a.SendAsync(Lines.Game("g1"));
        Assert.IsType<RulesEntry>(BoardLog.Entries.First(entry => entry.Number > 0));

        var b = await StartAsync("b");
        Assert.Equal(1, (await b.SendAsync(Lines.Game("g2"))).Counts.Rejected);
        Assert.Single(BoardLog.Entries.OfType<RulesEntry>());
        await Eventually.True(() => Task.FromResult(BoardLog.Entries.OfType<ServerEntry>().Any(entry => entry.Server.Name == "b")));
    }

    [Fact]
    public async Task Whoever_stops_first_writes_an_image_and_takes_its_leave_and_the_next_start_begins_with_it()
    {
        var a = await StartAsync("a");
        await a.SendAsync(Lines.Game("g1"), Lines.Price("g1", 110));
        var seq = (await a.StatusAsync()).Seq;

        await a.StopAsync();
        await Assert.ThrowsAsync<BoardUnavailableException>(() => a.SendAsync(Lines.Game("late")));
        Assert.Equal("a", BoardLog.Entries.OfType<LeaveEntry>().Single().Name);
        Assert.Single(BoardLog.Images);
        BoardLog.Purge(BoardLog.Images[^1]);

        var again = await StartAsync("a");
        Assert.Equal((1, seq), ((await again.StatusAsync()).Games, (await again.StatusAsync()).Seq));
        Assert.Equal(1, (await again.SendAsync(Lines.Price("g1", 110))).Counts.Unchanged);
    }

    [Fact]
    public async Task A_log_whose_beginning_is_gone_and_that_no_image_reaches_starts_a_server_only_when_there_is_one()
    {
        BoardLog.Add(new TickEntry(1));
        BoardLog.Purge(1);

        var a = await StartAsync("a");
        var status = await a.StatusAsync();

        Assert.False(status.IsThere);
        Assert.StartsWith("the log begins at message 2, and no image reaches it", status.Fault, StringComparison.Ordinal);

        var state = new LogState();
        state.Take(new LogMessage(1, LogGiven.Time, LogEntryCodec.Write(new TickEntry(1))));
        await BoardLog.PutImageAsync(1, new LogImage("log", state, BoardImage.Empty).ToBytes(), CancellationToken.None);
        await Eventually.True(async () => (await a.StatusAsync()) is { IsThere: true, Log.Standing: LogStanding.Ready });
        Assert.Equal(1, (await a.SendAsync(Lines.Game("g1"))).Counts.Applied);
    }

    [Fact]
    public async Task A_server_that_is_overtaken_begins_with_the_newest_image_and_its_clients_are_told()
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        await a.SendAsync(Lines.Game("g1"));
        await b.FramesUntilAsync("new_game");
        b.Own.IsAway = true;
        await Eventually.True(() => Task.FromResult(BoardLog.Entries.OfType<ServerEntry>().Any(entry => entry.Server.Name == "a")));
        await a.SendAsync(Lines.Game("g2"));
        await a.SendAsync(Lines.Game("g3"));
        await a.StopAsync();
        BoardLog.Purge(BoardLog.Images[^1]);

        b.Own.IsAway = false;

        await b.Odds.FishForMessageAsync(message => message is BoardReset);
        Assert.Equal(3, (await b.StatusAsync()).Games);
        Assert.Equal(1, (await b.SendAsync(Lines.Game("g4"))).Counts.Applied);
    }

    [Fact]
    public async Task While_the_log_is_away_lines_are_refused_after_a_while_and_those_that_can_wait_are_applied_once_when_it_is_back()
    {
        Patience = TimeSpan.FromMilliseconds(300);
        var a = await StartAsync("a");
        await a.SendAsync([Lines.Game("g1")], canWait: true);
        a.Own.IsAway = true;
        var waiting = a.SendAsync([Lines.Price("g1", 110)], canWait: true);

        var refused = await Assert.ThrowsAsync<BoardUnavailableException>(() => a.SendAsync(Lines.Price("g1", 120)));
        Assert.StartsWith("the log can't be written: ", refused.Message, StringComparison.Ordinal);
        await Eventually.True(async () => (await a.StatusAsync()).Log!.Standing is LogStanding.CutOff);
        Assert.Contains("no word from the log", (await a.StatusAsync()).Fault, StringComparison.Ordinal);
        a.Own.IsAway = false;

        Assert.Equal(1, (await waiting).Counts.Applied);
        await Eventually.True(async () => (await a.StatusAsync()) is { Log.Standing: LogStanding.Ready, Fault: null });
        await a.SendAsync([Lines.Price("g1", 130)], canWait: true);
        var frames = await a.FramesUntilAsync("\"new_price\":130");
        Assert.Single(frames, frame => frame.Contains("\"new_price\":110", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_that_is_deleted_is_lost_and_what_is_there_is_served()
    {
        var a = await StartAsync("a");
        await a.SendAsync(Lines.Game("g1"));

        BoardLog.Delete();
        await Eventually.True(async () => (await a.StatusAsync()).Log!.Standing is LogStanding.Lost);

        var refused = await Assert.ThrowsAsync<BoardUnavailableException>(() => a.SendAsync(Lines.Game("g2")));
        Assert.StartsWith("the log is gone: somebody deleted its stream; an operator", refused.Message, StringComparison.Ordinal);
        Assert.Equal((refused.Message, 1), ((await a.StatusAsync()).Fault, (await a.StatusAsync()).Games));
        await a.Actor.Ask<BoardSnapshot>(new GetSnapshot(), PushServer.Patience);
        await a.StopAsync();
    }

    [Fact]
    public async Task An_entry_of_a_later_version_ends_the_server_with_a_sentence()
    {
        var a = await StartAsync("a");
        await a.SendAsync(Lines.Game("g1"));

        BoardLog.Add(new RulesEntry(5, 1, LogGiven.Rules with { Number = BoardRules.Highest + 1 }));

        Assert.Contains("update it", await Keepings[0].Ended.WaitAsync(PushServer.Patience), StringComparison.Ordinal);
        Assert.Equal(1, (await a.StatusAsync()).Games);
    }

    [Fact]
    public async Task Images_are_written_again_and_again_and_by_the_next_server_when_the_first_is_away()
    {
        ImageInterval = TimeSpan.FromMilliseconds(200);
        var (a, _) = (await StartAsync("a"), await StartAsync("b"));
        await Eventually.True(() => Task.FromResult(BoardLog.Entries.OfType<ImageEntry>().Count() >= 3));

        a.Own.IsAway = true;
        var written = BoardLog.Entries.OfType<ImageEntry>().Count();
        await Eventually.True(() => Task.FromResult(BoardLog.Entries.OfType<ImageEntry>().Count() >= written + 3));
    }

    [Fact]
    public async Task A_log_that_is_purged_has_an_image_at_once()
    {
        var a = await StartAsync("a");
        await a.SendAsync(Lines.Game("g1"));
        BoardLog.Purge(1);

        await Eventually.True(() => Task.FromResult(BoardLog.Images.Count > 0));

        Assert.Equal(1, (await (await StartAsync("b")).StatusAsync()).Games);
    }

    [Fact]
    public async Task A_server_that_fails_at_a_message_reads_the_log_anew_and_ends_when_that_was_in_vain()
    {
        var a = await StartAsync("a");
        await a.SendAsync(Lines.Game("g1"));

        a.Own.BrokenFrom = BoardLog.Entries.Count + 1;
        var lost = a.SendAsync([Lines.Game("g2")], canWait: true);

        Assert.Contains("was tried three times", await Keepings[0].Ended.WaitAsync(PushServer.Patience), StringComparison.Ordinal);
        await Assert.ThrowsAsync<BoardUnavailableException>(() => lost);
        Assert.Equal(1, (await a.StatusAsync()).Games);
    }

    [Fact]
    public async Task Two_servers_of_one_name_are_told()
    {
        var (a, b) = (await StartAsync("twin"), await StartAsync("twin"));

        await Eventually.True(async () =>
            ((await a.StatusAsync()).Fault ?? (await b.StatusAsync()).Fault)?.Contains("called twin", StringComparison.Ordinal) is true);
    }

    private static string Ahead(string game) => $"{Lines.Price(game, 110)[..^1]},\"ts\":{LogGiven.Time + 1_000_000_000_000}}}";
}
