using Microsoft.AspNetCore.Http;
using PushNet.Web.Security.Peers;
using PushNet.Web.Settings;

namespace PushNet.Tests.Security.Peers;

public sealed class OriginPolicyTests
{
    [Theory]
    [InlineData("http://push.example:8080", "push.example:8080", true)]
    [InlineData("https://push.example:8080", "push.example:8080", true)]
    [InlineData("http://PUSH.example:8080", "push.EXAMPLE:8080", true)]
    [InlineData("https://push.example", "push.example", true)]
    [InlineData("https://push.example", "push.example:443", true)]
    [InlineData("http://[::1]:8080", "[::1]:8080", true)]
    [InlineData("https://xn--bcher-kva.example", "xn--bcher-kva.example", true)]
    [InlineData("https://xn--bcher-kva.example", "b\u00fccher.example", true)]
    [InlineData("http://xn--bcher-kva.example:8080", "xn--bcher-kva.example:8080", true)]
    [InlineData("https://xn--bcher-kva.example", "bucher.example", false)]
    [InlineData("https://xn--", "xn--", true)]
    [InlineData("https://xn--a", "xn--", false)]
    [InlineData("http://push.example:8081", "push.example:8080", false)]
    [InlineData("https://push.example", "push.example:80", false)]
    [InlineData("http://evil.example:8080", "push.example:8080", false)]
    [InlineData("http://push.example.evil:8080", "push.example:8080", false)]
    [InlineData("null", "push.example", false)]
    [InlineData("ftp://push.example", "push.example", false)]
    [InlineData("push.example", "push.example", false)]
    public void Without_a_list_it_must_be_the_servers_own_host_and_port(string origin, string host, bool allowed) =>
        Assert.Equal(allowed, Allows("", origin, host));

    [Theory]
    [InlineData("https://a.example", true)]
    [InlineData("https://a.example:443", true)]
    [InlineData("HTTPS://A.example", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://a.example", false)]
    [InlineData("https://a.example:444", false)]
    [InlineData("https://xn--bcher-kva.example", true)]
    [InlineData("https://xn--kser-loa.example", true)]
    [InlineData("https://push.example", true)]
    [InlineData("https://push.example:8443", false)]
    [InlineData("null", false)]
    public void With_a_list_it_must_be_in_it_or_the_servers_own(string origin, bool allowed) =>
        Assert.Equal(allowed, Allows(
            "https://a.example, http://localhost:3000, https://b\u00fccher.example, https://xn--kser-loa.example", origin, "push.example"));

    [Theory]
    [InlineData("https://anything.example")]
    [InlineData("null")]
    public void A_star_allows_all(string origin) => Assert.True(Allows("*", origin, "push.example"));

    [Fact]
    public void Who_is_no_browser_names_none_and_nobody_names_two()
    {
        Assert.True(Allows("", null, "push.example"));
        Assert.True(Allows("https://a.example", null, "push.example"));

        var context = new DefaultHttpContext();
        context.Request.Headers.Origin = new(["https://a.example", "https://a.example"]);
        Assert.False(new OriginPolicy(Options("https://a.example")).Allows(context.Request));
    }

    private static bool Allows(string origins, string? origin, string host)
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new HostString(host);
        context.Request.Headers.Origin = origin;
        return new OriginPolicy(Options(origins)).Allows(context.Request);
    }

    private static PushNetOptions Options(string origins) => new() { Origins = origins };
}
