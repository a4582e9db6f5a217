using System.Globalization;
using System.Text.RegularExpressions;
using Akka.Configuration;
using Microsoft.Extensions.Configuration;
using PushNet.Actors.Feed;
using PushNet.Actors.Feed.Nats;
using PushNet.Web.Ingest;
using PushNet.Web.Rest;
using PushNet.Web.Settings;
using PushNet.Web.Sockets;
using PushNet.Web.Sockets.Accepting;

namespace PushNet.Tests;

/// <summary>
/// A number in the docs that is a setting's default or a constant of the code is the one in force. Times are in seconds, sizes in bytes.
/// </summary>
public partial class DocsNumbersTests
{
    private const string Quantity =
        @"(?<clock>\d\d:\d\d:\d\d(\.\d+)?)|(?<count>(\d{1,3}(,\d{3})+|\d+)(\.\d+)?)(\s+(?<unit>ms|s|minutes|hours|h|KB|KiB|MB|MiB|GiB)\b)?";

    private static readonly IConfiguration Defaults = new ConfigurationBuilder()
        .Add(new HoconConfigurationSource(ConfigurationFactory.ParseString(File.ReadAllText(DocsTests.PathOf("hocon/pushnet.hocon")))))
        .Build();

    /// <summary>What a page says where its number is #, and the number that is true.</summary>
    public static TheoryData<string, string, decimal> Statements => new()
    {
        { "docs/protocol.md", "at most # events wait", Default("Limits:QueueCapacity") },
        { "docs/protocol.md", "sends a Ping (opcode 0x9) every #", Default("KeepAlive:Interval") },
        { "docs/protocol.md", "from which nothing came for # after a Ping", Default("KeepAlive:Timeout") },
        { "docs/protocol.md", "took no byte for # while bytes waited", Default("KeepAlive:Timeout") },
        { "docs/protocol.md", "the limit is # (`PushNet__Limits__MaxFilters`)", Default("Limits:MaxFilters") },
        { "docs/protocol.md", "half of `PushNet__Limits__MaxSnapshotBytes` (# by default)", Default("Limits:MaxSnapshotBytes") / 2 },
        { "docs/protocol.md", "your message had more than # bytes", ClientMessage.MaxBytes },
        { "docs/protocol.md", "take or send bytes, for # at most", Seconds(CloseWait.Longest) },
        { "docs/protocol.md", "is cut off after # (`PushNet__Sockets__CloseTimeout`)", Closing },
        { "docs/protocol.md", "at most # games, live ones first", GameSearch.MaxFound },
        { "docs/protocol.md", "A key may have # requests at once", Default("Rest:MaxRequestsPerKey") },
        { "docs/protocol.md", "requests at once, and an address #.", Default("Rest:MaxRequestsPerAddress") },
        { "docs/protocol.md", "the retention time (#)", Default("Limits:GameRetention") },
        { "docs/protocol.md", "Bodies over # are compressed", LongBodyCompression.Shortest },
        { "docs/protocol.md", "you take something of it every #.", Default("KeepAlive:Timeout") },
        { "docs/feeding.md", "A key may have # bodies open at once", Default("Ingest:MaxBodiesPerKey") },
        { "docs/feeding.md", "and all keys together #.", Default("Ingest:MaxBodies") },
        { "docs/feeding.md", "more than # times its size", ExpansionGuard.MostPerByte },
        { "docs/feeding.md", "sends nothing for # (`PushNet__Ingest__IdleTimeout`)", Default("Ingest:IdleTimeout") },
        { "docs/feeding.md", "| a line | # bytes |", FeedParser.MaxLineBytes },
        { "docs/feeding.md", "| a string | # characters", FeedParser.MaxStringLength },
        { "docs/feeding.md", "`last_play` # |", FeedParser.MaxLastPlayLength },
        { "docs/feeding.md", "from -1,000,000,000 to # |", FeedParser.MaxNumber },
        { "docs/feeding.md", "with its prices, # after its last accepted observation", Default("Limits:GameRetention") },
        { "docs/feeding.md", "whose `ts` is more than # ahead of the server's clock is rejected", Seconds(Given.Limits.MaxAhead) },
        { "docs/feeding.md", "At most # messages are on their way", NatsStreams.MaxAckPending },
        { "docs/feeding.md", "not acknowledged for # (`PushNet__Feed__AckWait`)", Default("Feed:AckWait") },
        { "docs/feeding.md", "longer than # bytes is cut", FeedParser.MaxLineBytes },
        { "docs/feeding.md", "`PushNet__Feed__StaleAfter` (#; 0: never)", Default("Feed:StaleAfter") },
        { "docs/feeding.md", "`PushNet__Ingest__StaleAfter` (#: never)", Default("Ingest:StaleAfter") },
        { "docs/feeding.md", "`PushNet__Record__MaxBytes` (#)", Default("Record:MaxBytes") },
        { "docs/feeding.md", "`PushNet__Feed__Speed` is # when", Default("Feed:Speed") },
        { "docs/security.md", "| a client's message | #", ClientMessage.MaxBytes },
        { "docs/security.md", "| an ingest line; a string | #;", FeedParser.MaxLineBytes },
        { "docs/security.md", "; # characters |", FeedParser.MaxStringLength },
        { "docs/security.md", "limit - about 350 - #;", ConnectionCap.ReservedFiles },
        { "docs/security.md", "takes or sends a little | #", Seconds(CloseWait.Longest) },
        { "docs/operating.md", "a Ping every # (`PushNet__KeepAlive__Interval`)", Default("KeepAlive:Interval") },
        { "docs/architecture.md", "# events wait: the oldest", Default("Limits:QueueCapacity") },
        { "docs/decisions/drop-policy.md", "a queue of at most # events", Default("Limits:QueueCapacity") },
        { "docs/decisions/drop-policy.md", "a fixed send buffer of #", Default("Limits:SocketSendBuffer") },
        { "docs/decisions/drop-policy.md", "more than # events wait in a publisher", Default("FanOut:MaxPendingEvents") },
        { "docs/decisions/drop-policy.md", "in a publisher is waiting (# events)", Default("FanOut:MaxPendingEvents") / 4 },
        { "docs/decisions/drop-policy.md", "lasts at most # (`fan-out.max-hold`)", Default("FanOut:MaxHold") },
        { "docs/feeding.md", "for at most # (`PushNet__FanOut__MaxHold`)", Default("FanOut:MaxHold") },
        { "docs/decisions/subscriber-as-actor.md", "the queue of # events", Default("Limits:QueueCapacity") },
        { "docs/decisions/batch-before-fan-out.md", "`max-delay` (#)", Default("FanOut:MaxDelay") },
        { "docs/decisions/batch-before-fan-out.md", "rested for # of the time", Default("FanOut:Rest") },
    };

    /// <summary>The pages that have a table with a column of settings, whose second column has the defaults.</summary>
    public static TheoryData<string> PagesWithDefaults => ["README.md", "docs/feeding.md", "docs/security.md"];

    // The close frame has that many times the setting, and the server looks every half of it.
    private static decimal Closing => Math.Ceiling(Default("Sockets:CloseTimeout") * (CloseWait.BeforeCloseFrame + 0.5m));

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_number_in_a_sentence_is_the_one_in_force(string page, string says, decimal number)
    {
        var pattern = Regex.Escape(says)
            .Replace(@"\ ", @"\s+", StringComparison.Ordinal)
            .Replace(@"\#", $"({Quantity})", StringComparison.Ordinal);

        var said = Regex.Match(File.ReadAllText(DocsTests.PathOf(page)), pattern);

        Assert.True(said.Success, $"{page} says \"{says}\" no more; say here what it says now");
        Assert.Equal(number, ValueOf(said));
    }

    [Theory]
    [MemberData(nameof(PagesWithDefaults))]
    public void A_default_in_a_table_is_the_settings(string page)
    {
        var rows = RowsOf(page).Where(row => row.Settings.Length > 0).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(
            $"{row.Says}: {string.Join(" and ", row.Settings.Select(ShownFor).Select(Plain))}",
            $"{row.Says}: {string.Join(" and ", QuantityIn().Matches(row.Says).Take(row.Settings.Length).Select(ValueOf).Select(Plain))}"));
    }

    /// <summary>For every table with a column "setting": the settings that are numbers, and the cell with their defaults.</summary>
    private static IEnumerable<(string Says, string[] Settings)> RowsOf(string page)
    {
        var settings = -1;
        foreach (var line in File.ReadLines(DocsTests.PathOf(page)))
        {
            var cells = line.Split('|');
            if (cells.Length < 3)
            {
                settings = -1;
            }
            else if (settings < 0)
            {
                settings = Array.FindIndex(cells, cell => cell.Trim() == "setting");
                settings = settings < 0 ? int.MaxValue : settings;
            }
            else if (settings < cells.Length)
            {
                var names = SettingName().Matches(cells[settings])
                    .Select(name => name.Groups["path"].Value.Replace("__", ":", StringComparison.Ordinal));
                yield return (cells[2].Trim(), [.. names.Where(IsNumber)]);
            }
        }
    }

    /// <summary>What a table shows for a setting: its default, except for two settings that bound something else.</summary>
    private static decimal ShownFor(string setting) => setting switch
    {
        "Limits:FilterShare" => Default(setting) * Default("Limits:MaxFilters"),
        "Sockets:CloseTimeout" => Closing,
        _ => Default(setting),
    };

    private static bool IsNumber(string setting) =>
        Defaults[$"PushNet:{setting}"] is { Length: > 0 } text && QuantityIn().Match(text).Length == text.Length;

    private static decimal Default(string setting) => ValueOf(QuantityIn().Match(Defaults[$"PushNet:{setting}"]!));

    private static string Plain(decimal number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    private static decimal Seconds(TimeSpan time) => (decimal)time.TotalSeconds;

    private static decimal ValueOf(Match said) => said.Groups["clock"] is { Success: true, Value: var time }
        ? Seconds(Durations.Parse(time)!.Value)
        : decimal.Parse(said.Groups["count"].ValueSpan, CultureInfo.InvariantCulture) * said.Groups["unit"].Value switch
        {
            "ms" => 0.001m,
            "minutes" => 60,
            "hours" or "h" => 3600,
            "KB" or "KiB" => 1 << 10,
            "MB" or "MiB" => 1 << 20,
            "GiB" => 1 << 30,
            _ => 1,
        };

    [GeneratedRegex(Quantity)]
    private static partial Regex QuantityIn();

    [GeneratedRegex(@"`PushNet__(?<path>\w+)`")]
    private static partial Regex SettingName();
}
