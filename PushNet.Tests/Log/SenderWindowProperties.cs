using CsCheck;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;
using PushNet.Actors.Log.Sending;

namespace PushNet.Tests.Log;

/// <summary>Over a link that loses, doubles and re-orders, each entry is applied once, and in the order in which it was offered.</summary>
public sealed class SenderWindowProperties
{
    internal const ulong Session = 7;

    private enum Fate
    {
        Arrives,
        Lost,
        Doubled,
        Late,
    }

    [Fact]
    public void Each_entry_is_applied_once_and_in_order_also_when_the_log_forgets_the_session() =>
        Gen.Select(Gen.Int[1, 150], Gen.Enum<Fate>().Array[400], Gen.Int[0, 9].Array[50]).Sample(
            (count, fates, pauses) =>
            {
                var (window, log, now, time) = (new SenderWindow<string>(Session), new LogState(), Given.Now, LogGiven.Time);
                var (applied, told, late, fate) = (new List<string>(), new List<string>(), new List<byte[]>(), 0);
                for (var i = 0; i < count; i++)
                {
                    window.Offer($"{i}", new RemoveEntry(0, 0, $"{i}"), now);
                }

                for (var round = 0; !window.IsEmpty; round++)
                {
                    Assert.True(round < 10_000, $"{told.Count} of {count} were applied, and no more");
                    var overdue = late;
                    late = [];
                    foreach (var payload in window.Due(now))
                    {
                        // In the end the link is whole, or nothing would ever come through.
                        switch (fate < fates.Length ? fates[fate++] : Fate.Arrives)
                        {
                            case Fate.Arrives:
                                Arrive(payload);
                                break;
                            case Fate.Doubled:
                                Arrive(payload);
                                Arrive(payload);
                                break;
                            case Fate.Late:
                                late.Add(payload);
                                break;
                        }
                    }

                    overdue.ForEach(Arrive);
                    now += SenderWindow<string>.ResendAfter;
                    if (round < pauses.Length && pauses[round] == 0)
                    {
                        // Only this server is cut off, and nothing of it is on its way for so long.
                        late = [];
                        time += Sessions.Forgotten + LogState.EvictionInterval;
                        log.Take(new LogMessage(log.Sequence + 1, time, LogEntryCodec.Write(new TickEntry(Session - 1))));
                    }

                    if (window.IsForgotten(log))
                    {
                        window.Restart(window.Session + 1);
                    }
                }

                Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}"), applied);
                Assert.Equal(applied, told);

                void Arrive(byte[] payload)
                {
                    if (log.Take(new LogMessage(log.Sequence + 1, time, payload)) is { IsApplied: true, Entry: RemoveEntry entry })
                    {
                        applied.Add(entry.GameId);
                        told.AddRange(window.Applied(log, now));
                    }
                }
            },
            iter: 200);

    [Fact]
    public void A_log_is_not_taken_for_one_that_forgot_before_it_is_read_as_far_as_it_was()
    {
        var window = new SenderWindow<string>(Session);
        window.Offer("a", new RemoveEntry(0, 0, "a"), Given.Now);
        window.Due(Given.Now);
        Assert.False(window.IsForgotten(LogOf(0, others: 9)));

        window.Applied(LogOf(1, others: 4), Given.Now);
        Assert.False(window.IsForgotten(LogOf(1, others: 9)));
        Assert.False(window.IsForgotten(LogOf(0, others: 4)));
        Assert.True(window.IsForgotten(LogOf(0, others: 5)));
    }

    [Fact]
    public void Another_session_begins_at_1_with_what_is_on_its_way_but_for_what_was_given_up()
    {
        var window = new SenderWindow<string>(Session);
        string[] tickets = ["a", "b", "c"];
        foreach (var ticket in tickets)
        {
            window.Offer(ticket, new RemoveEntry(0, 0, ticket), Given.Now);
        }

        window.Due(Given.Now);
        Assert.Equal(["a"], window.Applied(LogOf(1), Given.Now));
        Assert.Equal(["b"], window.GiveUp((ticket, _) => ticket == "b"));

        window.Restart(Session + 1);

        Assert.Equal(new RemoveEntry(Session + 1, 1, "c"), LogEntryCodec.Read(Assert.Single(window.Due(Given.Now))));
        Assert.Equal(["c"], window.Applied(LogOf(1, session: Session + 1), Given.Now));
    }

    [Fact]
    public void An_image_tells_of_many_at_once()
    {
        var window = new SenderWindow<string>(Session);
        string[] tickets = ["a", "b", "c", "d"];
        foreach (var ticket in tickets)
        {
            window.Offer(ticket, new RemoveEntry(0, 0, ticket), Given.Now);
        }

        window.Due(Given.Now);

        Assert.Equal(["a", "b", "c"], window.Applied(LogOf(3), Given.Now));
        Assert.Empty(window.Applied(LogOf(3), Given.Now));
        Assert.False(window.IsEmpty);
    }

    [Fact]
    public void What_waits_is_sent_at_once_as_far_as_there_is_room()
    {
        var window = new SenderWindow<string>(Session);
        for (var i = 0; i < SenderWindow<string>.MaxEntries + 2; i++)
        {
            window.Offer($"{i}", new RemoveEntry(0, 0, "g"), Given.Now);
        }

        Assert.Equal(SenderWindow<string>.MaxEntries, window.Due(Given.Now).Count);
        Assert.Empty(window.Due(Given.Now));

        window.Applied(LogOf(1), Given.Now);
        Assert.Single(window.Due(Given.Now));
    }

    [Fact]
    public void The_bytes_on_their_way_are_bounded()
    {
        var window = new SenderWindow<string>(Session);
        var line = LogGiven.Line(new string('x', LogLines.MaxBytes));
        for (var i = 0; i < 40; i++)
        {
            window.Offer($"{i}", new LinesEntry(0, 0, "a", [line]), Given.Now);
        }

        Assert.Equal(SenderWindow<string>.MaxBytes / LogLines.MaxBytes, window.Due(Given.Now).Count);
    }

    /// <summary>As many entries of the session, and then of others.</summary>
    internal static LogState LogOf(int count, int others = 0, ulong session = Session)
    {
        var log = new LogState();
        for (var i = 1; i <= count + others; i++)
        {
            LogEntry entry = i <= count ? new RemoveEntry(session, i, "g") : new TickEntry(Session - 1);
            log.Take(new LogMessage(i, LogGiven.Time, LogEntryCodec.Write(entry)));
        }

        return log;
    }
}
