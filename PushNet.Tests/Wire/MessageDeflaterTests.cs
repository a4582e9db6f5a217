using System.Buffers;
using System.Text;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Wire;

public sealed class MessageDeflaterTests : IDisposable
{
    private readonly MessageDeflater _deflater = new(6);

    public void Dispose() => _deflater.Dispose();

    [Fact]
    public void Messages_are_read_back_one_after_the_other_and_those_alike_take_few_bytes()
    {
        using var inflater = new MessageInflater();
        string[] messages = [.. Enumerable.Range(0, 200).Select(Message), new('x', 100_000), Message(1)];

        var frames = messages.Select(Deflate).ToList();

        Assert.Equal(messages, frames.Select(frame => Inflate(inflater, frame)));
        Assert.All(frames, frame => Assert.True(Frames.IsCompressed(frame)));
        Assert.InRange(frames[100].Length, 3, Message(100).Length / 5);
    }

    [Fact]
    public void Messages_of_any_length_end_where_they_end()
    {
        // The server sets it for the whole process when it reads bodies.
        AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);
        using var inflater = new MessageInflater();

        Assert.All(
            Enumerable.Range(1, 300).Concat([1023, 1024, 1025, 2048, 4096, 8192, 65_536]),
            length => Assert.Equal(length, Inflate(inflater, Deflate(new string('x', length))).Length));
    }

    [Fact]
    public void Behind_a_forgotten_context_newcomers_read_what_follows_and_those_before_read_on()
    {
        using var old = new MessageInflater();
        Inflate(old, Deflate(Message(1)));

        _deflater.Forget();
        byte[][] frames = [Deflate(Message(1)), Deflate(Message(2))];

        using var newcomer = new MessageInflater();
        Assert.All([old, newcomer], reader => Assert.Equal([Message(1), Message(2)], frames.Select(frame => Inflate(reader, frame))));
    }

    [Fact]
    public void What_needs_its_context_is_not_read_without_it()
    {
        Deflate(Message(1));
        var frame = Deflate(Message(2));

        using var newcomer = new MessageInflater();
        Assert.ThrowsAny<Exception>(() => Assert.Equal(Message(2), Inflate(newcomer, frame)));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(200_000)]
    public void A_frame_that_stands_alone_is_read_by_anybody_before_a_stream_that_begins(int length)
    {
        var text = string.Concat(Enumerable.Range(0, length / 5).Select(i => $"{i:D5}"));
        var plain = WebSocketFrame.Text(Encoding.UTF8.GetBytes(text));

        var frame = MessageDeflater.StandAlone(Pieces.Join(plain.AsMemory(0, 11), plain.AsMemory(11)), 1).ToArray();

        using var reader = new MessageInflater();
        Assert.Equal(text, Inflate(reader, frame));
        Assert.Equal(Message(1), Inflate(reader, Deflate(Message(1))));
        Assert.Equal(Message(2), Inflate(reader, Deflate(Message(2))));
    }

    [Fact]
    public void What_is_broken_is_not_read()
    {
        using var reader = new MessageInflater();

        Assert.Throws<InvalidDataException>(() => reader.Inflate([0xFF, 0xFF, 0xFF]).Length);
    }

    private static string Message(int number) =>
        $$"""{"type":"price_change","pn_slug":"arsenal-chelsea","market_type":"moneyline","price":{{number * 7 % 100}},"seq":{{number}}}""";

    private static string Inflate(MessageInflater inflater, ReadOnlySpan<byte> frame) =>
        Encoding.UTF8.GetString(inflater.Inflate(frame[WebSocketFrame.PayloadOf(frame).Offset..]));

    private byte[] Deflate(string message)
    {
        var frames = new ArrayBufferWriter<byte>();
        _deflater.Append(Encoding.UTF8.GetBytes(message), frames);
        return frames.WrittenSpan.ToArray();
    }
}
