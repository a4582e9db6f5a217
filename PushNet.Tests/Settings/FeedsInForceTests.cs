using PushNet.Web.Settings;
using static PushNet.Tests.Settings.SettingsGiven;

namespace PushNet.Tests.Settings;

public sealed class FeedsInForceTests
{
    [Fact]
    public void The_feed_is_the_demo_without_keys_and_none_with_keys()
    {
        var plain = InForce(Read());
        Assert.Equal(["demo"], KindsOf(plain));
        Assert.True(plain.NeedDemoKey);

        var keyed = InForce(Read(Key("Name", "a"), Key("Key", "0123456789abcdef"), Key("Scopes", "live")));
        Assert.Empty(KindsOf(keyed));
        Assert.False(keyed.NeedDemoKey);
        Assert.False(InForce(Read(("Feed:Kind", "none"))).NeedDemoKey);

        var stored = InForce(Read(), hasStoredKeys: true);
        Assert.Empty(KindsOf(stored));
        Assert.False(stored.NeedDemoKey);
    }

    [Fact]
    public void Feeds_may_be_numbered_and_take_what_they_leave_out_from_the_unnumbered_settings()
    {
        var file = Path.GetTempFileName();
        var feeds = InForce(Read(
            ("Feed:Speed", "3"), ("Feed:StaleAfter", "36:00:00"), ("Feed:1:Kind", "demo"),
            ("Feed:0:Kind", "replay"), ("Feed:0:File", file), ("Feed:0:Speed", "5"),
            ("Feed:2:Kind", "nats"), ("Feed:2:Name", "books")));
        File.Delete(file);

        Assert.Equal(["replay", "demo", "books"], feeds.All.Select(feed => feed.SourceName));
        Assert.Equal([5, 3, 3], feeds.All.Select(feed => feed.Speed));
        Assert.All(feeds.All, feed => Assert.Equal(TimeSpan.FromHours(36), feed.StaleAfter));
        Assert.False(feeds.NeedDemoKey);
    }

    [Fact]
    public void A_numbered_feed_that_is_wrong_is_named_with_its_number()
    {
        Assert.Contains("PushNet__Feed__1__Kind", Refused(("Feed:0:Kind", "demo"), ("Feed:1:Speed", "2")));
        Assert.Contains("PushNet__Feed__0__Speed", Refused(("Feed:0:Kind", "demo"), ("Feed:0:Speed", "fast")));
        Assert.Contains("PushNet__Feed__0__Speed", Refused(("Feed:0:Kind", "demo"), ("Feed:0:Speed", "-1")));
        Assert.Contains("PushNet__Feed__0__Sped", Refused(("Feed:0:Kind", "demo"), ("Feed:0:Sped", "1")));
        Assert.Contains("PushNet__Feed__1__Name", Refused(("Feed:0:Kind", "demo"), ("Feed:1:Kind", "demo")));
        Assert.Contains("leave it out", Refused(("Feed:Kind", "none"), ("Feed:0:Kind", "demo")));
    }

    private static string[] KindsOf(FeedsInForce feeds) => [.. feeds.All.Select(feed => feed.Kind)];

    private static FeedsInForce InForce(PushNetOptions options, bool hasStoredKeys = false) => new(options, hasStoredKeys);
}
