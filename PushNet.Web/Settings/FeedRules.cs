using System.Text.RegularExpressions;
using static PushNet.Web.Settings.SettingsRules;

namespace PushNet.Web.Settings;

/// <summary>The rules for feeds.</summary>
internal static partial class FeedRules
{
    /// <summary>Checks all feeds; the first that is wrong is named.</summary>
    /// <exception cref="SettingsException">A value can't be used.</exception>
    public static void Check(PushNetOptions options)
    {
        var (numbered, plain) = (options.NumberedFeeds, options.Feed);
        Require(numbered.Count == 0 || plain.Kind.Length == 0,
            $"{Name("Feed:Kind")} is for one feed. With numbered ones ({Name("Feed:0:Kind")}) leave it out.");
        Check(plain);
        foreach (var feed in numbered)
        {
            Require(feed.Kind.Length > 0, $"{Name(feed.Path)}__Kind is missing. Give each numbered feed its kind.");
            Check(feed);
        }

        foreach (var twice in numbered.GroupBy(feed => feed.SourceName).Where(group => group.Count() > 1))
        {
            Require(false, $"Two feeds are called \"{twice.Key}\". Give one of them another {Name(twice.Last().Path)}__Name.");
        }
    }

    private static void Check(FeedOptions feed)
    {
        OneOf($"{feed.Path}:Kind", feed.Kind, "", FeedOptions.Demo, FeedOptions.Replay, FeedOptions.Nats, FeedOptions.None);
        Require(
            feed.Name.Length == 0 || NameForm.IsMatch(feed.Name),
            $"{Name(feed.Path)}__Name is \"{feed.Name}\". It must be 1 to 64 characters of A-Z, a-z, 0-9, '_' and '-'.");
        Require(feed.Speed is > 0 and <= 10_000, $"{Name(feed.Path)}__Speed is {feed.Speed}. It must be over 0 and at most 10000.");
        InRange($"{feed.Path}:StaleAfter", feed.StaleAfter, TimeSpan.Zero, TimeSpan.FromDays(365));
        InRange($"{feed.Path}:AckWait", feed.AckWait, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        if (feed.Kind == FeedOptions.Replay)
        {
            Require(feed.File.Length > 0, $"{Name(feed.Path)}__File is empty. A replay needs the path of an NDJSON file.");
            RequireFile($"{Name(feed.Path)}__File", feed.File);
        }

        if (feed.Kind == FeedOptions.Nats)
        {
            CheckNats(feed);
        }
    }

    private static void CheckNats(FeedOptions feed)
    {
        Require(
            IsNats(feed.Url),
            $"{Name(feed.Path)}__Url must be the address of a NATS server, such as nats://127.0.0.1:4222 (or tls://, ws://, wss://).");
        foreach (var (field, value) in new[] { ("Stream", feed.Stream), ("Consumer", feed.Consumer) })
        {
            Require(NameForm.IsMatch(value),
                $"{Name(feed.Path)}__{field} is \"{value}\". It must be 1 to 64 characters of A-Z, a-z, 0-9, '_' and '-'.");
        }

        foreach (var (field, value, example) in new[] { ("Subject", feed.Subject, "observations"),
            ("RejectedSubject", feed.RejectedSubject, "rejected.observations") })
        {
            Require(
                SubjectForm.IsMatch(value) || (field == "RejectedSubject" && value.Length == 0),
                $"{Name(feed.Path)}__{field} is \"{value}\". It must be words of A-Z, a-z, 0-9, '_' and '-' with dots between, such as "
                    + $"{example}.");
        }

        Require(feed.RejectedSubject != feed.Subject,
            $"{Name(feed.Path)}__RejectedSubject is that of the observations. Give it another, or leave it empty.");
        if (feed.Credentials.Length > 0)
        {
            RequireFile($"{Name(feed.Path)}__Credentials", feed.Credentials);
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex NameForm { get; }

    [GeneratedRegex(@"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$")]
    private static partial Regex SubjectForm { get; }
}
