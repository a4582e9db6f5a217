using Microsoft.Extensions.Primitives;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

/// <summary>The grammar of RFC 6455 section 9.1.</summary>
public sealed class ExtensionOfferTests
{
    /// <summary>Lines of the header, and what they say.</summary>
    public static TheoryData<string[], string[]> Good => new()
    {
        { [], [] },
        { [""], [] },
        { [", ,"], [] },
        { ["permessage-deflate"], ["permessage-deflate"] },
        { ["a;b;c=1", "d"], ["a b c=1", "d"] },
        { ["a, b ;c"], ["a", "b c"] },
        { ["a,,b,"], ["a", "b"] },
        { ["a\t; b = c"], ["a b=c"] },
        { ["a;b=\"c\""], ["a b=c"] },
        { ["a;b=\"1\\5\""], ["a b=15"] },
        { ["a;b;b"], ["a b b"] },
        { ["chunked;q"], ["chunked q"] },
        { ["!#$%&'*+-.^_`|~9Az"], ["!#$%&'*+-.^_`|~9Az"] },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Offers_are_read_in_their_order(string[] lines, string[] expected)
    {
        var offers = ExtensionOffer.Read(new StringValues(lines));

        Assert.Equal(expected, offers?.Select(offer => string.Join(' ', offer.Parameters
            .Select(parameter => parameter.Value is null ? parameter.Name : $"{parameter.Name}={parameter.Value}").Prepend(offer.Name))));
    }

    [Theory]
    [InlineData("permessage-deflate;")]
    [InlineData("permessage-deflate; ;a")]
    [InlineData("permessage-deflate=1")]
    [InlineData("permessage-deflate client_max_window_bits")]
    [InlineData("a; b c")]
    [InlineData("a; b=")]
    [InlineData("a; =b")]
    [InlineData("a; b=c=d")]
    [InlineData("a; b=[1]")]
    [InlineData("a; b=\"")]
    [InlineData("a; b=\"\"")]
    [InlineData("a; b=\"x y\"")]
    [InlineData("\"a\"")]
    [InlineData(";a")]
    [InlineData("a, ;b")]
    [InlineData("é")]
    [InlineData("a; b=é")]
    [InlineData("a\0")]
    public void What_breaks_the_grammar_is_not_read_whatever_stands_beside_it(string line)
    {
        Assert.Null(ExtensionOffer.Read(line));
        Assert.Null(ExtensionOffer.Read(new StringValues(["permessage-deflate", line])));
        Assert.Null(ExtensionOffer.Read(new StringValues([line, "permessage-deflate"])));
    }
}
