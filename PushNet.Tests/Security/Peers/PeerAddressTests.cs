using System.Net;
using PushNet.Web.Security.Peers;

namespace PushNet.Tests.Security.Peers;

public sealed class PeerAddressTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    public void Ipv4_counts_as_it_is_and_ipv6_by_its_64(string address, string counted) =>
        Assert.Equal(counted, PeerAddress.Of(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.10", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.2", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("2001:db8::1", false)]
    public void Loopback_is_this_machine(string address, bool isLoopback) =>
        Assert.Equal(isLoopback, PeerAddress.IsLoopback(IPAddress.Parse(address)));

    [Fact]
    public void A_unix_socket_is_this_machine() => Assert.True(PeerAddress.IsLoopback(null));
}
