using System.Net;
using System.Net.Sockets;

namespace PushNet.Web.Security.Peers;

/// <summary>What counts as one address for limits. Pure.</summary>
internal static class PeerAddress
{
    private const int Ipv6Bytes = 16;
    private const int PrefixBytes = 8;

    /// <summary>An IPv4 address as it is, or the /64 of an IPv6 address, which is what one customer of a network gets.</summary>
    public static string Of(IPAddress address)
    {
        address = Plain(address);
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        Span<byte> bytes = stackalloc byte[Ipv6Bytes];
        address.TryWriteBytes(bytes, out _);
        bytes[PrefixBytes..].Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    /// <summary>True for a peer on this machine; null stands for one on a Unix socket.</summary>
    public static bool IsLoopback(IPAddress? address) => address is null || IPAddress.IsLoopback(Plain(address));

    /// <summary>True for a host name or address that can't be anything but this machine.</summary>
    /// <param name="host">Without a port.</param>
    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
