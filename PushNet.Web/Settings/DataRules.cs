using System.Text.RegularExpressions;
using static PushNet.Web.Settings.SettingsRules;

namespace PushNet.Web.Settings;

/// <summary>The rules for where the board is kept.</summary>
internal static partial class DataRules
{
    /// <summary>Checks them; the first that is wrong is named.</summary>
    /// <exception cref="SettingsException">A value can't be used.</exception>
    public static void Check(PushNetOptions options)
    {
        var data = options.Data;
        Require(
            !data.Standby || data.Postgres.Length > 0,
            $"{Name("Data:Standby")} needs a database that servers share. Give its connection string in {Name("Data:Postgres")}.");
        if (data.Nats.Length > 0)
        {
            CheckShared(options);
        }

        CheckLog(data.Log);
    }

    private static void CheckShared(PushNetOptions options)
    {
        var data = options.Data;
        Require(
            data.Postgres.Length == 0,
            $"{Name("Data:Nats")} and {Name("Data:Postgres")} both say where the board is kept. Leave one of them out.");
        Require(
            data.Nats.Split(',').All(address => IsNats(address.Trim())),
            $"{Name("Data:Nats")} must be addresses of NATS servers with commas between, such as "
                + "nats://h1:4222,nats://h2:4222 (or tls://).");
        Require(
            options.NumberedFeeds.Prepend(options.Feed).All(feed => feed.Kind != FeedOptions.Demo),
            $"The demo can't be shared: each server would make up games of its own. With {Name("Data:Nats")}, choose another feed.");
    }

    private static void CheckLog(LogOptions log)
    {
        Require(
            log.Name.Length == 0 || ServerForm.IsMatch(log.Name),
            $"{Name("Data:Log:Name")} is \"{log.Name}\". It must be 1 to 64 characters of A-Z, a-z, 0-9, '.', '_' and '-'.");
        Require(
            log.Address.Length == 0 || IsServer(log.Address),
            $"{Name("Data:Log:Address")} is \"{log.Address}\". It must be an address of this server, such as http://10.0.0.1:8080, "
                + "or empty.");
        Require(
            StreamForm.IsMatch(log.Stream),
            $"{Name("Data:Log:Stream")} is \"{log.Stream}\". It must be 1 to 32 characters of A-Z, a-z, 0-9, '_' and '-'.");
        Require(log.Replicas is 0 or 1 or 3 or 5, $"{Name("Data:Log:Replicas")} is {log.Replicas}. It must be 0, 1, 3 or 5.");
        InRange("Data:Log:Keep", log.Keep, TimeSpan.FromMinutes(10), TimeSpan.FromDays(7));
        InRange("Data:Log:MaxBytes", log.MaxBytes, 16 * 1024 * 1024, 1_000_000_000_000);
        InRange("Data:Log:ImageInterval", log.ImageInterval, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));
        InRange("Data:Log:IngestPatience", log.IngestPatience, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(50));
        InRange("Data:Log:StaleAfter", log.StaleAfter, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        InRange("Data:Log:GoodbyeAfter", log.GoodbyeAfter, TimeSpan.Zero, TimeSpan.FromHours(1));
        InRange("Data:Log:MaxConnections", log.MaxConnections, 0, LimitRules.MostSharedConnections);
        Require(
            log.Tls.Certificate.Length > 0 == log.Tls.Key.Length > 0,
            $"{Name("Data:Log:Tls:Certificate")} and {Name("Data:Log:Tls:Key")} belong together. Give both, or neither.");
        foreach (var (name, file) in new[] { ("Credentials", log.Credentials), ("Tls:Authority", log.Tls.Authority),
            ("Tls:Certificate", log.Tls.Certificate), ("Tls:Key", log.Tls.Key) })
        {
            if (file.Length > 0)
            {
                RequireFile(Name($"Data:Log:{name}"), file);
            }
        }
    }

    private static bool IsServer(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" };

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex ServerForm { get; }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,32}$")]
    private static partial Regex StreamForm { get; }
}
