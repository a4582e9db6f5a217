using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Sending;

namespace PushNet.Tests.Log;

/// <summary>What is not found in the log in time is sent again, and whoever has waited too long is told.</summary>
public sealed class SenderWindowTimeTests
{
    private const ulong Session = SenderWindowProperties.Session;

    private static readonly TimeSpan One = TimeSpan.FromMilliseconds(1);

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
    public void With_each_time_in_vain_the_wait_doubles_up_to_a_bound_and_what_is_found_makes_it_short_again()
    {
        var (window, now) = (new SenderWindow<string>(Session), Given.Now);
        window.Offer("a", new RemoveEntry(0, 0, "a"), now);
        window.Offer("b", new RemoveEntry(0, 0, "b"), now);
        window.Due(now);
        foreach (var wait in new[] { 1, 2, 4, 8, 8 })
        {
            now += (wait * SenderWindow<string>.ResendAfter) - One;
            Assert.Empty(window.Due(now));
            now += One;
            Assert.Equal(2, window.Due(now).Count);
        }

        window.Applied(SenderWindowProperties.LogOf(1), now);
        Assert.Single(window.Due(now + SenderWindow<string>.ResendAfter));
    }

    [Fact]
    public void When_the_log_is_heard_of_again_after_a_silence_all_come_again_at_once()
    {
        var (window, now) = (new SenderWindow<string>(Session), Given.Now);
        window.Heard(now);
        window.Offer("a", new RemoveEntry(0, 0, "a"), now);
        window.Due(now);
        foreach (var wait in new[] { 1, 2, 4 })
        {
            Assert.Single(window.Due(now += wait * SenderWindow<string>.ResendAfter));
        }

        window.Heard(now += One);
        Assert.Single(window.Due(now));

        // A log that is slow brings something all the time.
        window.Heard(now += SenderWindow<string>.ResendAfter - One);
        Assert.Empty(window.Due(now));
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
        Assert.Empty(window.Applied(SenderWindowProperties.LogOf(1), Given.Now));
        Assert.Equal(["fits"], window.Applied(SenderWindowProperties.LogOf(2), Given.Now));
    }
}
