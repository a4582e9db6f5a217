using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using CsCheck;
using PushNet.Actors.Feed;

namespace PushNet.Tests.Feed;

public sealed class LineCutterTests
{
    [Fact]
    public void Empty_lines_are_counted_and_left_out() =>
        Assert.Equal(["2:a", "5:b"], CutAll("\na\n \t\n\r\nb\r\n\n"));

    [Fact]
    public void A_byte_order_mark_is_no_part_of_a_line_also_where_files_were_joined() =>
        Assert.Equal(["1:a", "2:b", "4:c"], CutAll("\uFEFFa\nb\n\uFEFF\n\uFEFFc"));

    [Fact]
    public void The_last_line_needs_no_end() => Assert.Equal(["1:a", "2:b"], CutAll("a\nb"));

    [Fact]
    public void A_body_without_lines_has_none()
    {
        Assert.Empty(CutAll(""));
        Assert.Empty(CutAll("\n\n"));
    }

    [Fact]
    public void A_line_that_is_too_long_is_cut_where_the_parser_sees_it_and_the_next_is_whole()
    {
        var cutter = new LineCutter();

        var lines = cutter.Cut(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes($"{new string('x', 300_000)}\nnext\n")));

        Assert.Equal([FeedParser.MaxLineBytes + 2, 4], lines.Select(line => line.Utf8.Length));
        Assert.Contains("longer than", FeedParser.Parse(lines[0]).Error);
        Assert.Equal(2, lines[1].Number);
    }

    [Theory]
    [InlineData(FeedParser.MaxLineBytes, "\r\n", FeedParser.MaxLineBytes)]
    [InlineData(FeedParser.MaxLineBytes, "\r\r\n", FeedParser.MaxLineBytes + 1)]
    [InlineData(FeedParser.MaxLineBytes, "\r and more\n", FeedParser.MaxLineBytes + 2)]
    [InlineData(FeedParser.MaxLineBytes, "\r\r and more\n", FeedParser.MaxLineBytes + 1)]
    [InlineData(FeedParser.MaxLineBytes + 1, "\r\n", FeedParser.MaxLineBytes + 1)]
    public void An_end_of_line_is_no_part_of_the_length_and_hides_nothing_behind_it(int length, string end, int kept) =>
        Assert.Equal(kept, Assert.Single(new LineCutter().Cut(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(new string('x', length) + end)))).Utf8.Length);

    [Fact]
    public void Cut_lines_keep_their_bytes_when_more_comes()
    {
        var cutter = new LineCutter();
        var first = cutter.Cut(new ReadOnlySequence<byte>("first\n"u8.ToArray()))[0];

        cutter.Cut(new ReadOnlySequence<byte>("other\n"u8.ToArray()));

        Assert.Equal("first", Encoding.UTF8.GetString(first.Utf8.Span));
    }

    [Fact]
    public void Random_pieces_make_the_same_lines_as_the_whole() =>
        Gen.Select(Gen.OneOf("a", "bc", "\n", "\n", "\r\n", " ", "é⚽").Array[0, 60].Select(string.Concat), Gen.Int[1, 7].Array[1, 30], Gen.Bool).Sample(
            (text, sizes, segmented) =>
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                var expected = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select((line, i) => $"{i + 1}:{line}").Where(line => line[(line.IndexOf(':') + 1)..].Trim(' ', '\t', '\r').Length > 0);

                Assert.Equal(expected, Describe(Cut(bytes, sizes, segmented)));
            },
            iter: 5_000);

    private static List<FeedLine> Cut(byte[] bytes, int[] sizes, bool segmented)
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        for (int at = 0, i = 0; at < bytes.Length; i++)
        {
            var size = Math.Min(sizes[i % sizes.Length], bytes.Length - at);
            pieces.Add(bytes.AsMemory(at, size));
            at += size;
        }

        var cutter = new LineCutter();
        List<FeedLine> lines = segmented
            ? cutter.Cut(Segment.Join(pieces))
            : [.. pieces.SelectMany(piece => cutter.Cut(new ReadOnlySequence<byte>(piece)))];
        return [.. lines, .. cutter.Cut(new ReadResult(ReadOnlySequence<byte>.Empty, isCanceled: false, isCompleted: true))];
    }

    private static IEnumerable<string> CutAll(string text) => Describe(Cut(Encoding.UTF8.GetBytes(text), [text.Length + 1], segmented: false));

    private static IEnumerable<string> Describe(IEnumerable<FeedLine> lines) =>
        lines.Select(line => $"{line.Number}:{Encoding.UTF8.GetString(line.Utf8.Span)}");

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Join(List<ReadOnlyMemory<byte>> pieces)
        {
            if (pieces.Count == 0)
            {
                return ReadOnlySequence<byte>.Empty;
            }

            var first = new Segment { Memory = pieces[0] };
            var last = first;
            foreach (var piece in pieces.Skip(1))
            {
                var next = new Segment { Memory = piece, RunningIndex = last.RunningIndex + last.Memory.Length };
                last.Next = next;
                last = next;
            }

            return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        }
    }
}
