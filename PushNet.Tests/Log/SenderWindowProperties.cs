using CsCheck;
using PushNet.Actors.Log;

namespace PushNet.Tests.Log;

/// <summary>Over a link that loses, doubles and re-orders, each entry is applied once, and in the order in which it was offered.</summary>
public sealed class SenderWindowProperties
{
    private const ulong Session = 7;

    private enum Fate
    {
        Arrives,
        Lost,
        Doubled,
        Late,
    }

    [Fact]
    public void Each_entry_is_applied_once_and_in_order() => Gen.Select(Gen.Int[1, 150], Gen.Enum<Fate>().Array[400]).Sample(
        (count, fates) =>
        {
            var (window, sessions, now) = (new SenderWindow<string>(Session), new Sessions(), Given.Now);
            var (told, late, fate) = (new List<string>(), new List<byte[]>(), 0);
            for (var i = 0; i < count; i++)
            {
                window.Offer($"{i}", new RemoveEntry(0, 0, $"{i}"), now);
            }

            while (!window.IsEmpty)
            {
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

                late.ForEach(Arrive);
                now += SenderWindow<string>.ResendAfter;
            }

            Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}"), told);

            void Arrive(byte[] payload)
            {
                var entry = (RemoveEntry)LogEntryCodec.Read(payload);
                if (sessions.Take(entry.Session, entry.Number, 0) is Sessions.Turn.Next)
                {
                    Assert.Equal(entry.GameId, window.Applied(entry.Number, now));
                    told.Add(entry.GameId);
                }
            }
        },
        iter: 300);

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

        window.Applied(1, Given.Now);
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

    [Fact]
    public void The_oldest_that_is_not_found_in_time_makes_all_come_again_in_order()
    {
        var window = new SenderWindow<string>(Session);
        window.Offer("a", new RemoveEntry(0, 0, "a"), Given.Now);
        window.Offer("b", new RemoveEntry(0, 0, "b"), Given.Now);
        var first = window.Due(Given.Now);

        Assert.Empty(window.Due(Given.Now + (SenderWindow<string>.ResendAfter / 2)));
        Assert.Equal(first, window.Due(Given.Now + SenderWindow<string>.ResendAfter));
        Assert.Empty(window.Due(Given.Now + SenderWindow<string>.ResendAfter));
    }

    [Fact]
    public void Who_has_waited_too_long_is_told_once_and_what_was_sent_is_sent_until_it_is_found()
    {
        var window = new SenderWindow<string>(Session);
        window.Offer("sent", new RemoveEntry(0, 0, "a"), Given.Now);
        window.Due(Given.Now);
        for (var i = 0; i < SenderWindow<string>.MaxEntries; i++)
        {
            window.Offer(i < SenderWindow<string>.MaxEntries - 1 ? "fits" : "waits", new RemoveEntry(0, 0, "b"), Given.Now + One);
        }

        window.Due(Given.Now + One);
        Assert.Equal(["sent", "waits"], window.GiveUp((ticket, since) => ticket == "waits" || since == Given.Now));
        Assert.Empty(window.GiveUp((ticket, _) => ticket is "sent" or "waits"));

        Assert.Equal(SenderWindow<string>.MaxEntries, window.Due(Given.Now + (2 * SenderWindow<string>.ResendAfter)).Count);
        Assert.Null(window.Applied(1, Given.Now));
        Assert.Equal("fits", window.Applied(2, Given.Now));
    }

    private static TimeSpan One => TimeSpan.FromMilliseconds(1);
}
