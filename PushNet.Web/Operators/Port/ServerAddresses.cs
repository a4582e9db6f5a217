using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using PushNet.Web.Settings;

namespace PushNet.Web.Operators.Port;

/// <summary>Where the server listens, once it does.</summary>
internal sealed partial class ServerAddresses(IServer server, OperatorOptions options)
{
    /// <summary>The operator port; null when there is none.</summary>
    public string? Operators => Of(options.Url);

    /// <summary>The address for metrics alone; null when there is none.</summary>
    public string? Metrics => Of(options.Metrics.Url);

    /// <summary>The first of the public addresses; null before the server listens.</summary>
    public string? Public => All.FirstOrDefault(address => address != Operators && address != Metrics);

    private ICollection<string> All => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    /// <summary>An address to connect to on this machine: one that stands for all of its addresses can't be opened everywhere.</summary>
    public static string ToConnect(string url) => AllAddresses.Replace(url, "://127.0.0.1");

    [GeneratedRegex(@"://(0\.0\.0\.0|\[::\]|\+|\*)(?=[:/]|$)")]
    private static partial Regex AllAddresses { get; }

    private string? Of(string setting) => OperatorAddress.Of(setting) is { } own ? All.LastOrDefault(own.Is) : null;
}
