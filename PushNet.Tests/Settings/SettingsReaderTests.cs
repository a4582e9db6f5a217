using System.Reflection;
using Microsoft.Extensions.Configuration;
using PushNet.Actors.Wire;
using PushNet.Web.Settings;
using static PushNet.Tests.Settings.SettingsGiven;

namespace PushNet.Tests.Settings;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Every_default_is_the_contracts()
    {
        var options = Read();

        Assert.Equal((20_000, 256, 65_536), (options.Limits.MaxConnections, options.Limits.QueueCapacity, options.Limits.SocketSendBuffer));
        Assert.Equal((10_000, 1_000_000), (options.Limits.MaxGames, options.Limits.MaxOutcomes));
        Assert.Equal((1000, 0.1, SnapshotMemory.DefaultLimit),
            (options.Limits.MaxFilters, options.Limits.FilterShare, options.Limits.MaxSnapshotBytes));
        Assert.Equal((TimeSpan.FromHours(24), TimeSpan.FromMinutes(10)), (options.Limits.GameRetention, options.Limits.DemoRetention));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1)), (options.KeepAlive.Interval, options.KeepAlive.Timeout));
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10)), (options.Drain.Window, options.Ingest.IdleTimeout));
        Assert.Equal(("", "", 1.0), (options.Feed.Kind, options.Feed.File, options.Feed.Speed));
        Assert.Equal(
            (500, 60, true), (options.Limits.MaxConnectionsPerAddress, options.Limits.MaxFailuresPerAddress, options.Limits.SpareLoopback));
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(75)), (options.Http.HeaderTimeout, options.Http.IdleTimeout));
        Assert.Equal(("", ""), (options.Proxies, options.Sockets.Origins));
        Assert.Equal(("gate", "data"), (options.Sockets.Writer, options.Data.Directory));
        Assert.Empty(options.ApiKeys);
    }

    [Fact]
    public void Every_setting_of_the_manual_is_an_option_and_every_option_is_in_the_manual()
    {
        var manual = Defaults().GetSection(PushNetOptions.Section).AsEnumerable(makePathsRelative: true)
            .Where(setting => setting.Value is not null).Select(setting => setting.Key.ToLowerInvariant());

        Assert.Equal(SettingsOf(typeof(PushNetOptions)).Select(setting => setting.ToLowerInvariant()).Order(), manual.Order());
    }

    // Keys, and feeds that are numbered, are lists.
    private static IEnumerable<string> SettingsOf(Type section) => section.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => !property.PropertyType.IsGenericType)
        .SelectMany(property => property.PropertyType.Namespace == section.Namespace
            ? SettingsOf(property.PropertyType).Select(setting => $"{property.Name}:{setting}") : [property.Name]);

    [Theory]
    [InlineData("Limits:MaxConnection", "5")]
    [InlineData("Limit:MaxConnections", "5")]
    [InlineData("Nonsense", "5")]
    [InlineData("Limits", "5")]
    [InlineData("Feed", "demo")]
    [InlineData("ApiKeys:0:Secret", "5")]
    [InlineData("ApiKeys:first:Key", "5")]
    public void An_unknown_setting_is_named(string path, string value) => Named(path, value);

    [Theory]
    [InlineData("Limits:MaxConnections", "0")]
    [InlineData("Limits:MaxConnections", "1000001")]
    [InlineData("Limits:QueueCapacity", "1")]
    [InlineData("Limits:QueueCapacity", "65537")]
    [InlineData("Limits:SocketSendBuffer", "1")]
    [InlineData("Limits:SocketSendBuffer", "-1")]
    [InlineData("Limits:GameRetention", "00:00:00")]
    [InlineData("Limits:DemoRetention", "-01:00:00")]
    [InlineData("Limits:MaxGames", "0")]
    [InlineData("Limits:FilterShare", "0")]
    [InlineData("Limits:FilterShare", "1.1")]
    [InlineData("Limits:MaxSnapshotBytes", "1000")]
    [InlineData("Limits:MaxOutcomes", "0")]
    [InlineData("KeepAlive:Interval", "00:00:00")]
    [InlineData("KeepAlive:Timeout", "02:00:00")]
    [InlineData("Drain:Window", "-00:00:01")]
    [InlineData("Drain:Window", "00:10:01")]
    [InlineData("Limits:MaxConnectionsPerAddress", "-1")]
    [InlineData("Limits:MaxFailuresPerAddress", "1000001")]
    [InlineData("Limits:SpareLoopback", "maybe")]
    [InlineData("Http:HeaderTimeout", "00:00:00")]
    [InlineData("Http:IdleTimeout", "02:00:00")]
    [InlineData("Proxies", "localhost")]
    [InlineData("Proxies", "10.0.0.0/99")]
    [InlineData("Operator:Metrics:Url", "http://metrics.example:9090")]
    [InlineData("Operator:Metrics:Url", "http://10.0.0.1:9090/metrics")]
    [InlineData("Operator:Metrics:Url", "http://127.0.0.1:8081")]
    [InlineData("Operator:Metrics:Url", "http://0.0.0.0:8081")]
    [InlineData("Operator:Metrics:Url", "http://[::]:8081")]
    [InlineData("Origins", "example.com")]
    [InlineData("Origins", "https://example.com/page")]
    [InlineData("Sockets:Origins", "example.com")]
    [InlineData("Sockets:Origins", "https://example.com/page")]
    [InlineData("FanOut:MaxBatchBytes", "1023")]
    [InlineData("FanOut:MaxDelay", "00:00:00")]
    [InlineData("FanOut:MaxPendingEvents", "255")]
    [InlineData("Sockets:Writer", "pigeon")]
    [InlineData("Sockets:CloseTimeout", "00:02:00")]
    [InlineData("Sockets:CompressionLevel", "0")]
    [InlineData("Sockets:CompressionLevel", "10")]
    [InlineData("Sockets:CompressionStreams", "-1")]
    [InlineData("Ingest:IdleTimeout", "00:00:00")]
    [InlineData("Rest:CorsOrigins", "https://scores.example.com/page")]
    [InlineData("Rest:CorsOrigins", "scores.example.com")]
    [InlineData("Feed:Kind", "Demo")]
    [InlineData("Feed:Speed", "0")]
    [InlineData("Feed:Speed", "NaN")]
    [InlineData("Feed:Name", "a/b")]
    [InlineData("Feed:StaleAfter", "-00:00:01")]
    [InlineData("Ingest:StaleAfter", "-00:00:01")]
    [InlineData("Record:MaxBytes", "65535")]
    public void A_value_out_of_range_is_named(string path, string value) => Named(path, value);

    [Theory]
    [InlineData("Limits:MaxConnections", "many")]
    [InlineData("Limits:MaxConnections", "99999999999")]
    [InlineData("KeepAlive:Interval", "30 seconds")]
    [InlineData("Feed:Speed", "fast")]
    public void A_value_of_a_wrong_type_is_named(string path, string value) => Named(path, value);

    [Theory]
    [InlineData("Feed:Url", "127.0.0.1:4222")]
    [InlineData("Feed:Url", "http://127.0.0.1")]
    [InlineData("Feed:Stream", "my.stream")]
    [InlineData("Feed:Consumer", "")]
    [InlineData("Feed:Subject", "odds.>")]
    [InlineData("Feed:AckWait", "00:00:00")]
    [InlineData("Feed:Credentials", "/no/such/file.creds")]
    public void What_nats_needs_is_checked(string path, string value) =>
        Assert.Contains($"PushNet__{path.Replace(":", "__", StringComparison.Ordinal)}", Refused(("Feed:Kind", "nats"), (path, value)));

    [Fact]
    public void A_replay_needs_a_file_that_exists()
    {
        Assert.Contains("PushNet__Feed__File", Refused(("Feed:Kind", "replay")));
        Assert.Contains("PushNet__Feed__File", Refused(("Feed:Kind", "replay"), ("Feed:File", "/no/such/file.ndjson")));
    }

    [Theory]
    [InlineData("Limits:SocketSendBuffer", "0")]
    [InlineData("Drain:Window", "00:00:00")]
    [InlineData("Drain:Window", "0")]
    [InlineData("Limits:MaxConnectionsPerAddress", "0")]
    [InlineData("Proxies", "127.0.0.1, ::1, 10.0.0.0/8")]
    [InlineData("Proxies", "10.0.0.0/8,unix")]
    [InlineData("Sockets:Origins", "*")]
    [InlineData("Origins", "https://example.com, http://localhost:3000, http://[::1]:8080")]
    [InlineData("Limits:MaxConnections", "1000000")]
    [InlineData("Limits:QueueCapacity", "2")]
    public void Zero_and_the_ends_of_a_range_are_taken(string path, string value) => Read((path, value));

    [Fact]
    public void Every_duration_takes_a_unit_and_no_number_alone()
    {
        var durations = Defaults().GetSection(PushNetOptions.Section).AsEnumerable(makePathsRelative: true)
            .Where(setting => setting.Value?.Contains(':') == true && Durations.Parse(setting.Value) is not null).ToList();

        Assert.InRange(durations.Count, 13, 100);
        Assert.All(durations, setting =>
        {
            Assert.Contains("It must be a time with its unit, such as 250ms, 30s", Named(setting.Key, "10"));
            Read((setting.Key, $"{Durations.Parse(setting.Value!)!.Value.TotalMilliseconds}ms"));
        });
        Assert.Contains("It must be a time with its unit", Refused(("Feed:0:Kind", "demo"), ("Feed:0:StaleAfter", "10")));
    }

    [Theory]
    [InlineData("5m", 300)]
    [InlineData("24h", 86_400)]
    [InlineData("36:00:00", 129_600)]
    [InlineData("1.12:00:00", 129_600)]
    public void A_duration_is_what_was_written(string written, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(("Limits:GameRetention", written)).Limits.GameRetention);

    [Fact]
    public void A_value_that_looks_like_a_time_is_left_alone_where_none_is_meant()
    {
        var options = Read(Key("Name", "36:00:00"), Key("Key", "0123456789abcdef"), Key("Scopes", "live"));
        Assert.Equal("36:00:00", Assert.Single(options.ApiKeys).Name);
    }

    [Fact]
    public void Every_key_needs_a_name_of_its_own_one_secret_and_known_scopes()
    {
        var (name, key, scopes) = (Key("Name", "a"), Key("Key", "0123456789abcdef"), Key("Scopes", "live, odds"));

        Assert.Single(Read(name, key, scopes).ApiKeys);
        Assert.Contains("PushNet__ApiKeys__N__Name", Refused(key, scopes));
        Assert.Contains("needs one of Key and Sha256", Refused(name, scopes));
        Assert.Contains("needs one of Key and Sha256", Refused(name, key, scopes, Key("Sha256", new string('a', 64))));
        Assert.Contains("PushNet__ApiKeys__N__Key", Refused(name, scopes, Key("Key", "short")));
        Assert.Contains("PushNet__ApiKeys__N__Sha256", Refused(name, scopes, Key("Sha256", "zz")));
        Assert.Contains("PushNet__ApiKeys__N__Scopes", Refused(name, key));
        Assert.Contains("PushNet__ApiKeys__N__Scopes", Refused(name, key, Key("Scopes", "live,everything")));
        Assert.Contains("used twice",
            Refused(name, key, scopes, ("ApiKeys:1:Name", "a"), ("ApiKeys:1:Key", "0123456789abcdeg"), ("ApiKeys:1:Scopes", "live")));
    }

    [Fact]
    public void A_refusal_does_not_repeat_the_key() =>
        Assert.DoesNotContain("s3cr3t", Refused(Key("Name", "a"), Key("Key", "s3cr3t"), Key("Scopes", "live")));

    private static string Named(string path, string value)
    {
        var error = Refused((path, value));
        Assert.Contains($"PushNet__{path.Replace(":", "__", StringComparison.Ordinal)}", error, StringComparison.OrdinalIgnoreCase);
        return error;
    }
}
