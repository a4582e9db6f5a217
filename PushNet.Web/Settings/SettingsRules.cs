using PushNet.Web.Operations.Port;
using PushNet.Web.Security;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Peers;
using static PushNet.Web.Settings.PushNetOptions;

namespace PushNet.Web.Settings;

/// <summary>The range of every setting.</summary>
internal static class SettingsRules
{
    /// <summary>Checks all; the first that is wrong is named.</summary>
    /// <exception cref="SettingsException">A value can't be used.</exception>
    public static void Check(PushNetOptions options)
    {
        CheckKeys(options.ApiKeys);
        FeedRules.Check(options);

        var limits = options.Limits;
        InRange("Limits:MaxConnections", limits.MaxConnections, 1, 1_000_000);
        InRange("Limits:MaxConnectionsPerAddress", limits.MaxConnectionsPerAddress, 0, 1_000_000);
        InRange("Limits:MaxFailuresPerAddress", limits.MaxFailuresPerAddress, 0, 1_000_000);
        InRange("Limits:QueueCapacity", limits.QueueCapacity, 2, 65_536);
        InRange("Limits:MaxFilters", limits.MaxFilters, 1, 100_000);
        if (limits.SocketSendBuffer != 0)
        {
            InRange("Limits:SocketSendBuffer", limits.SocketSendBuffer, 4096, 16 * 1024 * 1024);
        }

        InRange("Limits:GameRetention", limits.GameRetention, TimeSpan.FromSeconds(1), TimeSpan.FromDays(365));
        InRange("Limits:DemoRetention", limits.DemoRetention, TimeSpan.FromSeconds(1), TimeSpan.FromDays(365));
        InRange("Limits:MaxGames", limits.MaxGames, 1, 10_000_000);
        InRange("Limits:MaxOutcomes", limits.MaxOutcomes, 1, 100_000_000);
        InRange("Http:HeaderTimeout", options.Http.HeaderTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        InRange("Http:IdleTimeout", options.Http.IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        InRange("KeepAlive:Interval", options.KeepAlive.Interval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        InRange("KeepAlive:Timeout", options.KeepAlive.Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        InRange("Drain:Window", options.Drain.Window, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        InRange("FanOut:MaxBatchBytes", options.FanOut.MaxBatchBytes, 1024, 1024 * 1024);
        InRange("FanOut:MaxDelay", options.FanOut.MaxDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10));
        InRange("FanOut:Rest", options.FanOut.Rest, 0, 10);
        InRange("FanOut:MaxPendingEvents", options.FanOut.MaxPendingEvents, 256, 1_000_000);
        Require(
            TrustedProxies.Parse(options.Proxies) is not null,
            $"{Name("Proxies")} is \"{options.Proxies}\". It must be addresses or networks separated by commas, such as "
            + $"127.0.0.1,10.0.0.0/8, and {TrustedProxies.Unix} for a proxy at a Unix socket.");
        Require(
            OriginPolicy.IsWellFormed(options.Sockets.Origins),
            $"{Name("Sockets:Origins")} is \"{options.Sockets.Origins}\". It must be origins separated by commas, such as https://example.com,http://localhost:3000, or *.");
        OneOf("Sockets:Output", options.Sockets.Output, SocketOptions.Ring, SocketOptions.Direct, SocketOptions.Kestrel);
        OneOf("Sockets:Writer", options.Sockets.Writer, SocketOptions.Gate, SocketOptions.WebSocket);
        InRange("Sockets:CloseTimeout", options.Sockets.CloseTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Require(OperatorAddress.Fault(options.Operator.Url) is null, $"{Name("Operator:Url")} is \"{options.Operator.Url}\". {OperatorAddress.Fault(options.Operator.Url)}");
        InRange("Ingest:IdleTimeout", options.Ingest.IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
        Require(
            OriginPolicy.IsWellFormed(options.Rest.CorsOrigins),
            $"{Name("Rest:CorsOrigins")} is \"{options.Rest.CorsOrigins}\". Give origins such as https://scores.example.com, without a path, separated by commas, or *.");
        InRange("Rest:MaxBodyBytes", options.Rest.MaxBodyBytes, 1024 * 1024, 1_000_000_000_000);
        InRange("Rest:MaxRequestsPerKey", options.Rest.MaxRequestsPerKey, 0, 1_000_000);
        InRange("Rest:MaxRequestsPerAddress", options.Rest.MaxRequestsPerAddress, 0, 1_000_000);
        InRange("Ingest:MaxBodies", options.Ingest.MaxBodies, 1, 1_000_000);
        InRange("Ingest:MaxBodiesPerKey", options.Ingest.MaxBodiesPerKey, 0, 1_000_000);
        InRange("Ingest:StaleAfter", options.Ingest.StaleAfter, TimeSpan.Zero, TimeSpan.FromDays(365));
        InRange("Record:MaxBytes", options.Record.MaxBytes, 65_536, 1_000_000_000_000);
    }

    /// <summary>A setting's name as people set it: the environment variable.</summary>
    public static string Name(string path) => $"{Section}__{path.Replace(":", "__", StringComparison.Ordinal)}";

    private static void CheckKeys(IList<ApiKeyOptions> keys)
    {
        const string path = "ApiKeys:N";
        foreach (var key in keys)
        {
            Require(key.Name.Length > 0, $"{Name(path)}__Name is missing for one of the keys. Give each a name to be known by.");
            Require(keys.Count(other => other.Name == key.Name) == 1, $"{Name(path)}__Name \"{key.Name}\" is used twice.");
            Require(key.Key.Length > 0 != key.Sha256.Length > 0, $"{Name(path)}: the key named \"{key.Name}\" needs one of Key and Sha256.");
            Require(
                key.Key.Length == 0 || SecretText.IsWellFormed(key.Key),
                $"{Name(path)}__Key of \"{key.Name}\" must be {SecretText.MinLength} to {SecretText.MaxLength} characters of A-Z, a-z, 0-9, _ and -.");
            Require(
                key.Sha256.Length == 0 || (key.Sha256.Length == 64 && key.Sha256.All(char.IsAsciiHexDigit)),
                $"{Name(path)}__Sha256 of \"{key.Name}\" must be 64 hex digits.");
            var scopes = KeyScope.Parse(key.Scopes);
            Require(
                scopes.Count > 0 && scopes.All(KeyScope.All.Contains),
                $"{Name(path)}__Scopes of \"{key.Name}\" is \"{key.Scopes}\". It must name one or more of {string.Join(", ", KeyScope.All)}, separated by commas.");
        }
    }

    internal static void InRange<T>(string path, T value, T least, T most)
        where T : IComparable<T> =>
        Require(value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0, $"{Name(path)} is {value}. It must be from {least} to {most}.");

    internal static void OneOf(string path, string value, params string[] choices) =>
        Require(choices.Contains(value), $"{Name(path)} is \"{value}\". It must be one of: {string.Join(", ", choices.Where(c => c.Length > 0))}.");

    internal static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new SettingsException(otherwise);
        }
    }
}
