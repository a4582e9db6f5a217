using Microsoft.AspNetCore.Http;
using PushNet.Web.Security;

namespace PushNet.Tests.Security;

/// <summary>Where a request carries its key: the first carrier found wins (docs/protocol.md#connecting).</summary>
public sealed class KeyCarrierTests
{
    private readonly HttpRequest _request = new DefaultHttpContext().Request;

    [Fact]
    public void A_request_without_a_key_has_none() => Assert.Null(KeyCarrier.Find(_request));

    [Theory]
    [InlineData("Bearer k1")]
    [InlineData("bearer k1")]
    [InlineData("BEARER  k1 ")]
    public void The_scheme_may_be_in_any_case(string header)
    {
        _request.Headers.Authorization = header;

        Assert.Equal("k1", KeyCarrier.Find(_request));
    }

    [Theory]
    [InlineData("Basic k1")]
    [InlineData("Bearerk1")]
    [InlineData("k1")]
    public void Another_scheme_is_no_key(string header)
    {
        _request.Headers.Authorization = header;

        Assert.Null(KeyCarrier.Find(_request));
    }

    [Fact]
    public void The_sub_protocol_carries_it_in_one_header_or_in_two()
    {
        _request.Headers.SecWebSocketProtocol = "pushnet.v1, key.k2";
        Assert.Equal("k2", KeyCarrier.Find(_request));

        _request.Headers.SecWebSocketProtocol = new(["pushnet.v1", "key.k3"]);
        Assert.Equal("k3", KeyCarrier.Find(_request));
        Assert.Equal(["pushnet.v1", "key.k3"], KeyCarrier.SubProtocolsOf(_request));
    }

    [Fact]
    public void Bearer_wins_over_the_sub_protocol_and_that_over_the_query()
    {
        _request.QueryString = new QueryString("?key=k3");
        Assert.Equal("k3", KeyCarrier.Find(_request));
        _request.Headers.SecWebSocketProtocol = "pushnet.v1, key.k2";
        Assert.Equal("k2", KeyCarrier.Find(_request));
        _request.Headers.Authorization = "Bearer k1";
        Assert.Equal("k1", KeyCarrier.Find(_request));
    }
}
