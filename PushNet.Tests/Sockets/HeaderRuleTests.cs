using PushNet.Tests.EndToEnd;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

public sealed class HeaderRuleTests
{
    public static TheoryData<string, byte[]> Masked => new()
    {
        { "short", RawClient.Frame(0x81, "ping"u8.ToArray()) },
        { "empty", RawClient.Frame(0x89, []) },
        { "of 125 bytes", RawClient.Frame(0x81, new byte[125]) },
        { "of 126 bytes", RawClient.Frame(0x81, new byte[126]) },
        { "of 65,535 bytes", RawClient.Frame(0x81, new byte[65_535]) },
        { "with a length of 64 bits", [0x81, 0x80 | 127, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 3, 4, .. new byte[65_536]] },
    };

    [Theory]
    [MemberData(nameof(Masked))]
    public void A_frame_without_a_mask_is_found_at_its_second_byte_however_the_bytes_are_cut(string what, byte[] masked)
    {
        byte[] before = [.. masked, .. RawClient.Frame(0x80, [1, 2, 3])];
        foreach (var piece in new[] { 1, 2, 3, 7, 4096, 100_000 })
        {
            var rule = new HeaderRule();
            foreach (var bytes in before.Chunk(piece))
            {
                Assert.False(rule.IsBrokenBy(bytes), what);
            }

            Assert.False(rule.IsBrokenBy([0x88]), what);
            Assert.True(rule.IsBrokenBy([0x00]), what);
            Assert.False(rule.IsBrokenBy([0x88, 0x00]), "told once");
        }
    }

    [Theory]
    [InlineData(0xC8, 0xE8)]
    [InlineData(0xC9, 0xE9)]
    [InlineData(0xCA, 0xEA)]
    [InlineData(0x49, 0x69)]
    [InlineData(0xC1, 0xC1)]
    [InlineData(0x42, 0x42)]
    [InlineData(0xC0, 0xC0)]
    [InlineData(0x89, 0x89)]
    public void A_control_frame_that_says_it_is_compressed_gets_a_bit_that_is_refused(byte first, byte seen)
    {
        byte[] bytes = [.. RawClient.Frame(0x81, [0xC9, 0xC9]), .. RawClient.Frame(first, [0xC9, 0xC9])];
        byte[] expected = [.. RawClient.Frame(0x81, [0xC9, 0xC9]), .. RawClient.Frame(seen, [0xC9, 0xC9])];
        foreach (var piece in new[] { 1, 3, 100 })
        {
            var rule = new HeaderRule();
            var pieces = bytes.Chunk(piece).ToList();
            Assert.All(pieces, one => Assert.False(rule.IsBrokenBy(one)));
            Assert.Equal(expected, pieces.SelectMany(one => one));
        }
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x7D)]
    [InlineData(0x7E)]
    [InlineData(0x7F)]
    public void The_length_does_not_matter(byte length) => Assert.True(new HeaderRule().IsBrokenBy([0x81, length]));

    [Fact]
    public void A_length_that_is_too_large_hides_what_follows_and_breaks_nothing()
    {
        var rule = new HeaderRule();

        Assert.False(rule.IsBrokenBy([0x81, 0xFF, .. Enumerable.Repeat((byte)0xFF, 8)]));
        Assert.False(rule.IsBrokenBy(new byte[3]));
    }
}
