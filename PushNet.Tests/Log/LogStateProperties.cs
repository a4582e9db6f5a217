using CsCheck;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;

namespace PushNet.Tests.Log;

/// <summary>A board is a function of the log: however often a server began anew, it shows the same as the others.</summary>
public sealed class LogStateProperties
{
    [Fact]
    public void Servers_from_the_start_from_an_image_and_from_an_image_of_an_image_are_the_same() =>
        Gen.Select(LogGiven.Log, Gen.Int[1, 10], Gen.Int[1, 10]).Sample(
            (log, first, second) =>
            {
                var (original, copy) = (new Replica(), new Replica());
                for (var i = 0; i < log.Length; i++)
                {
                    Assert.Equal(original.Take(log[i]), copy.Take(log[i]));
                    if (i == first || i == first + second)
                    {
                        var image = original.Image.ToBytes();
                        Assert.Equal(image, copy.Image.ToBytes());
                        copy = new Replica(LogImage.Read(image));
                    }
                }

                Assert.Equal(original.Image.ToBytes(), copy.Image.ToBytes());
                Assert.Equal(original.Shown, copy.Shown);
            },
            iter: 300);

    [Fact]
    public void Of_each_session_the_numbers_are_applied_in_order_and_once() => LogGiven.Log.Sample(
        log =>
        {
            var state = new LogState();
            var (applied, heardAt) = (new Dictionary<ulong, long>(), new Dictionary<ulong, long>());
            foreach (var message in log)
            {
                if (state.Take(message) is not { IsApplied: true, Entry: ({ Number: > 0 } or ServerEntry) and var entry })
                {
                    continue;
                }

                if (entry.Number > 0)
                {
                    // A session that was silent for too long begins anew.
                    var next = applied.GetValueOrDefault(entry.Session) + 1;
                    var isForgotten = state.Time - heardAt.GetValueOrDefault(entry.Session) >= Sessions.Forgotten;
                    Assert.True(entry.Number == next || (entry.Number == 1 && isForgotten), $"{entry.Number} is not {next}");
                    applied[entry.Session] = entry.Number;
                }

                heardAt[entry.Session] = state.LastOf(entry.Session) > 0 ? state.Time : heardAt.GetValueOrDefault(entry.Session);
            }
        },
        iter: 1000);

    [Fact]
    public void Log_time_never_goes_back() => LogGiven.Log.Sample(
        log =>
        {
            var (state, latest) = (new LogState(), 0L);
            foreach (var message in log)
            {
                state.Take(message);
                latest = Math.Max(latest, message.StoredAt);
                Assert.Equal((latest, latest), (state.Time, state.Now.Ts));
            }
        },
        iter: 200);

    [Fact]
    public void A_gap_and_a_repeat_of_the_log_itself_are_refused_and_change_nothing()
    {
        var state = new LogState();
        state.Take(Message(1, new TickEntry(1)));

        Assert.Throws<InvalidOperationException>(() => state.Take(Message(1, new TickEntry(1))));
        Assert.Throws<InvalidOperationException>(() => state.Take(Message(3, new TickEntry(1))));

        Assert.Equal(1, state.Sequence);
        Assert.True(state.Take(Message(2, new TickEntry(1))).IsApplied);
    }

    [Fact]
    public void A_server_that_is_silent_is_gone_and_the_next_name_is_first()
    {
        var state = new LogState();
        state.Take(Message(1, new ServerEntry(1, Server("a"))));
        state.Take(Message(2, new ServerEntry(2, Server("b")), LogGiven.Time + 20_000));
        Assert.Equal("a", state.Servers.First);

        state.Take(Message(3, new TickEntry(2), LogGiven.Time + ServerTable.Gone + LogState.EvictionInterval));
        Assert.Equal("b", state.Servers.First);

        state.Take(Message(4, new LeaveEntry(2, "b"), LogGiven.Time + ServerTable.Gone + LogState.EvictionInterval));
        Assert.Null(state.Servers.First);
    }

    [Fact]
    public void The_latest_rules_stand_and_old_ones_that_come_again_do_not()
    {
        var state = new LogState();
        var later = LogGiven.Rules with { MaxGames = 99 };
        state.Take(Message(1, new RulesEntry(1, 1, LogGiven.Rules)));
        state.Take(Message(2, new RulesEntry(2, 1, later)));
        state.Take(Message(3, new RulesEntry(1, 1, LogGiven.Rules)));

        Assert.Equal(later, state.Rules);
    }

    [Fact]
    public void Rules_that_this_version_does_not_know_stop_it_unless_they_come_again()
    {
        var (state, unknown) = (new LogState(), LogGiven.Rules with { Number = BoardRules.Highest + 1 });
        state.Take(Message(1, new RulesEntry(1, 1, LogGiven.Rules)));
        state.Take(Message(2, new RulesEntry(1, 1, unknown)));
        Assert.Equal(LogGiven.Rules, state.Rules);

        var stopped = Assert.Throws<LogFormatException>(() => state.Take(Message(3, new RulesEntry(1, 2, unknown))));
        Assert.Contains("update it", stopped.Message, StringComparison.Ordinal);
        Assert.Equal(2, state.Sequence);
    }

    private static LogMessage Message(long sequence, LogEntry entry, long at = LogGiven.Time) =>
        new(sequence, at, LogEntryCodec.Write(entry));

    private static LogServer Server(string name) => new(name, "1", 1, 1, "", 0) { Report = 1 };
}
