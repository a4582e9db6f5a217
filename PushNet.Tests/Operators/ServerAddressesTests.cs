using PushNet.Web.Operators.Port;

namespace PushNet.Tests.Operators;

public sealed class ServerAddressesTests
{
    [Theory]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080")]
    [InlineData("https://[::]:8443", "https://127.0.0.1:8443")]
    [InlineData("http://*:8080", "http://127.0.0.1:8080")]
    [InlineData("http://10.0.0.0:8080", "http://10.0.0.0:8080")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080")]
    public void What_stands_for_all_addresses_is_connected_to_by_loopback(string listensOn, string connect) =>
        Assert.Equal(connect, ServerAddresses.ToConnect(listensOn));
}
