using PushNet.Actors.Feed;
using PushNet.Actors.Games;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.State;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Log;

/// <summary>The bytes of entries.</summary>
public sealed class LogEntryCodecTests
{
    private static readonly LogEntry[] All =
    [
        new LinesEntry(1, 2, "key:a", [LogGiven.Line("{}"), LogGiven.Line(new string('x', 300)), LogGiven.Line("") with { StoredAt = 5 }]),
        new RemoveEntry(ulong.MaxValue, long.MaxValue, "g1"),
        new TickEntry(3),
        new ServerEntry(4, new LogServer("host:8080", "0.3.0", 1, 2, "http://10.0.0.1:8080", 12)
        {
            Report = 3,
            SlotsWanted = 256,
            Standing = LogStanding.Lost,
            Seq = 4,
            Log = "2026",
            Base = 5,
            Sequence = 6,
            Digest = ulong.MaxValue,
            BehindMs = 7,
        }),
        new LeaveEntry(5, "host:8080"),
        new ImageEntry(6, 81_234),
        new RulesEntry(7, 8, LogGiven.Rules),
        new BaseEntry(8, 2),
    ];

    public static TheoryData<int> Kinds => [.. Enumerable.Range(0, All.Length)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_is_read_back(int kind)
    {
        var bytes = LogEntryCodec.Write(All[kind]);

        Assert.Equal(bytes, LogEntryCodec.Write(LogEntryCodec.Read(bytes)));
        Assert.Equivalent(All[kind], LogEntryCodec.Read(bytes));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_that_is_cut_off_is_told_and_never_taken_for_another(int kind)
    {
        var bytes = LogEntryCodec.Write(All[kind]);
        for (var length = 0; length < bytes.Length; length++)
        {
            var e = Assert.Throws<LogFormatException>(() => LogEntryCodec.Read(bytes.AsMemory(0, length)));
            Assert.Contains("Only PushNet may write to the log", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(LogEntryCodec.Format + 1, 1)]
    [InlineData(LogEntryCodec.Format, 0)]
    [InlineData(LogEntryCodec.Format, 9)]
    public void One_of_a_later_version_is_told(byte format, byte kind)
    {
        byte[] bytes = [format, kind, .. new byte[30]];

        Assert.Contains("Update this server", Assert.Throws<LogFormatException>(() => LogEntryCodec.Read(bytes)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_keeps_its_number_and_the_time_at_which_its_carrier_stored_it()
    {
        var utf8 = LogGiven.Line(Lines.Price("g1", 100)).Utf8;
        FeedLine[] lines =
        [
            new(1, utf8), new(2, utf8, LogGiven.Time), new(3, utf8, Rev: Rev.OfStream(5, 77)),
            new(4, utf8, LogGiven.Time, Rev.OfStream(6, 77)),
        ];
        var entry = new LinesEntry(1, 1, "nats", [.. lines.Select(line => new LogLine(line.Utf8, line.StoredAt, line.Rev))]);

        var group = LogLines.GroupOf((LinesEntry)LogEntryCodec.Read(LogEntryCodec.Write(entry)));

        Assert.Equal(lines.Select(FeedParser.Parse), group.Lines);
        (long? Ts, long Rev)[] kept = [(null, 0), (LogGiven.Time, 0), (null, 5), (LogGiven.Time, 6)];
        Assert.Equal(kept, group.Lines.Select(line => (line.Observation!.Ts, line.Observation.Rev.Number)));
    }

    [Fact]
    public void A_line_of_a_later_version_is_told()
    {
        var bytes = LogEntryCodec.Write(new LinesEntry(1, 1, "a", [LogGiven.Line("{}")]));
        bytes[^1] = 9;

        Assert.Contains("Update this server", Assert.Throws<LogFormatException>(() => LogEntryCodec.Read(bytes)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_that_is_not_there_costs_no_memory()
    {
        var empty = LogEntryCodec.Write(new LinesEntry(1, 1, "a", []));
        byte[] bytes = [.. empty.AsSpan(0, LogEntryCodec.HeaderLength + 2), 0xFF, 0xFF, 0xFF, 0x7F];

        Assert.Throws<LogFormatException>(() => LogEntryCodec.Read(bytes));
    }
}
