using PushNet.Actors.Games;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Reading;
using PushNet.Actors.Log.Replica;

namespace PushNet.Tests.Log;

/// <summary>Images, their names, and the checks of a log.</summary>
public sealed class LogImageTests
{
    [Fact]
    public void An_image_that_is_damaged_at_any_byte_is_refused()
    {
        var bytes = Image();
        Assert.Equal("log", LogImage.Read(bytes).Log);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.Throws<InvalidDataException>(() => LogImage.Read(bytes));
            bytes[i] ^= 1;
            Assert.Throws<InvalidDataException>(() => LogImage.Read(bytes[..i]));
        }
    }

    [Fact]
    public void Names_in_order_are_images_in_order()
    {
        long[] sequences = [1, 9, 10, 81_234, long.MaxValue];

        Assert.Equal(sequences.Select(LogImage.NameOf), sequences.Select(LogImage.NameOf).Order(StringComparer.Ordinal));
        Assert.Equal(sequences.Select(one => (long?)one), sequences.Select(one => LogImage.SequenceOf(LogImage.NameOf(one))));
        Assert.Null(LogImage.SequenceOf("board-x"));
        Assert.Null(LogImage.SequenceOf("README"));
    }

    [Theory]
    [InlineData("log", 1, 10, true, LogChecks.Finding.Whole)]
    [InlineData("log", 11, 10, true, LogChecks.Finding.Whole)]
    [InlineData("log", 12, 20, true, LogChecks.Finding.Overtaken)]
    [InlineData("log", 1, 9, true, LogChecks.Finding.Lost)]
    [InlineData("log", 1, 12, false, LogChecks.Finding.Lost)]
    [InlineData("other", 1, 12, true, LogChecks.Finding.Lost)]
    public void What_a_log_is_behind_message_10(string log, long first, long last, bool isSameLast, object finding)
    {
        var found = LogChecks.Of("log", 10, new LogExtent(log, first, last), isSameLast);

        Assert.Equal(finding, found);
    }

    [Fact]
    public void A_log_that_is_gone_is_lost_and_each_loss_has_a_sentence_of_its_own()
    {
        Assert.Equal(LogChecks.Finding.Lost, LogChecks.Of("log", 10, null));

        LogExtent?[] losses = [null, new("other", 1, 12), new("log", 1, 9), new("log", 1, 12)];
        Assert.Equal(4, losses.Select(now => LogChecks.WhyLost("log", 10, now)).Distinct().Count());
    }

    [Fact]
    public void Lines_are_cut_by_number_and_by_bytes()
    {
        Assert.Equal([512, 512, 1], LogLines.Cut(Enumerable.Repeat(1, 1025), one => one).Select(part => part.Count));
        Assert.Equal([3, 3, 1], LogLines.Cut(Enumerable.Repeat(80 * 1024, 7), one => one).Select(part => part.Count));
        Assert.Empty(LogLines.Cut<int>([], one => one));
    }

    private static byte[] Image()
    {
        var state = new LogState();
        state.Take(new LogMessage(1, LogGiven.Time, LogEntryCodec.Write(new RulesEntry(1, 1, LogGiven.Rules))));
        var board = new GameBoard(Given.Limits);
        board.Apply(Given.Seen(Given.Game()), state.Now);
        return new LogImage("log", state, board.Image(isFinal: true, state.Now)).ToBytes();
    }
}
