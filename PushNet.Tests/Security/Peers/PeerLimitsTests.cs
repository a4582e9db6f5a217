using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Security.Peers;
using PushNet.Web.Settings;

namespace PushNet.Tests.Security.Peers;

public sealed class PeerLimitsTests : IDisposable
{
    private readonly RecordingLogs _logs = new();
    private readonly DefaultHttpContext _context = new();

    [Fact]
    public void A_peer_elsewhere_is_counted_by_its_address()
    {
        _context.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.7");

        Assert.Equal("203.0.113.7", Limits().AddressOf(_context));
        Assert.Equal(new("203.0.113.7", 500), Limits().ShareOf(_context));
        Assert.Null(Limits(cap: 0).ShareOf(_context));
    }

    [Fact]
    public void A_peer_on_this_machine_is_spared_unless_a_setting_says_no()
    {
        _context.Connection.RemoteIpAddress = IPAddress.Loopback;

        Assert.Null(Limits().AddressOf(_context));
        Assert.Null(Limits().ShareOf(_context));
        Assert.Equal("127.0.0.1", Limits(spare: false).AddressOf(_context));
        Assert.Empty(_logs.Lines);
    }

    [Theory]
    [InlineData("Forwarded")]
    [InlineData("x-forwarded-for")]
    [InlineData("X-Forwarded-Anything")]
    public void A_proxy_on_this_machine_counts_as_one_and_one_warning_says_what_to_set(string header)
    {
        var limits = Limits();
        _context.Connection.RemoteIpAddress = IPAddress.Loopback;
        _context.Request.Headers[header] = "for=203.0.113.7";

        Assert.Equal("127.0.0.1", limits.AddressOf(_context));
        Assert.Equal("127.0.0.1", limits.AddressOf(_context));
        Assert.Contains("set PushNet__Proxies=127.0.0.1", Assert.Single(_logs.Lines));
    }

    [Fact]
    public void A_unix_socket_is_like_loopback()
    {
        Assert.Null(Limits().AddressOf(_context));
        Assert.Equal("unix socket", Limits(spare: false).AddressOf(_context));

        _context.Request.Headers["X-Forwarded-For"] = "203.0.113.7";
        Assert.Equal("unix socket", Limits().AddressOf(_context));
        Assert.Contains("set PushNet__Proxies=unix", Assert.Single(_logs.Lines));
    }

    public void Dispose() => _logs.Dispose();

    private PeerLimits Limits(int cap = 500, bool spare = true) => new(
        new LimitOptions { MaxConnectionsPerAddress = cap, SpareLoopback = spare },
        new LoggerFactory([_logs]).CreateLogger<PeerLimits>());
}
