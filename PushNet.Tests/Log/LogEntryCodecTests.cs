using PushNet.Actors.Log;

namespace PushNet.Tests.Log;

/// <summary>The bytes of entries.</summary>
public sealed class LogEntryCodecTests
{
    private static readonly LogEntry[] All =
    [
        new LinesEntry(1, 2, "key:a", [LogGiven.Utf8("{}"), LogGiven.Utf8(new string('x', 300)), LogGiven.Utf8("")]),
        new RemoveEntry(ulong.MaxValue, long.MaxValue, "g1"),
        new TickEntry(3),
        new ServerEntry(4, new LogServer("host:8080", "0.3.0", 1, "http://10.0.0.1:8080", 12)),
        new LeaveEntry(5, "host:8080"),
        new ImageEntry(6, 81_234),
        new RulesEntry(7, LogGiven.Rules),
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
    [InlineData(LogEntryCodec.Format, 8)]
    public void One_of_a_later_version_is_told(byte format, byte kind)
    {
        byte[] bytes = [format, kind, .. new byte[30]];

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
