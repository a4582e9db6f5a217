using Microsoft.Extensions.Logging.Console;
using PushNet.Web.Data;
using PushNet.Web.Operators.Port;
using PushNet.Web.Security.Keys;
using PushNet.Web.Settings;
using PushNet.Web.Sockets.Accepting;

namespace PushNet.Web.Hosting;

/// <summary>Tells the person who started the server where it listens and how to connect.</summary>
internal sealed partial class Greeting(
    IConfiguration configuration,
    ApiKeyRing keys,
    FeedsInForce feeds,
    CapAtStart start,
    IgnoredSettings ignoredSettings,
    BoardHold hold,
    ServerAddresses addresses,
    IHostApplicationLifetime lifetime,
    ILogger<Greeting> log)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Not on the thread that starts the server, because the console blocks as long as nobody reads it.
        lifetime.ApplicationStarted.Register(() => Task.Run(Greet));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Greet()
    {
        var cap = start.Cap;
        if (cap.Warning is { } warning)
        {
            LogCap(log, warning);
        }

        foreach (var ignored in ignoredSettings.Sentences)
        {
            LogIgnored(log, ignored);
        }

        // Servers that share a log have nothing but a lock there.
        if (hold is { Log: null, Directory: { } directory } && new DataDirectory(directory).IsIn(AppContext.BaseDirectory))
        {
            LogBesideProgram(log, directory, SettingsRules.Name("Data:Directory"));
        }

        if (!feeds.HasKeys && keys.DemoKey is null)
        {
            LogNoKey(log);
        }

        var (url, operators, metrics) = (addresses.Public ?? "", addresses.Operators, addresses.Metrics);
        var names = feeds.All.Count == 0 ? "none" : string.Join(" and ", feeds.All.Select(feed => feed.SourceName));
        if (configuration["Logging:Console:FormatterName"] == ConsoleFormatterNames.Json)
        {
            // Whoever reads the output as JSON, line by line, gets nothing else.
            LogListens(log, url, operators, names, cap.Limit);
            return;
        }

        Console.WriteLine($"PushNet listens on {url}, feed: {names}, at most {cap.Limit} connections. Ctrl-C stops it.");
        if (operators is not null)
        {
            Console.WriteLine($"Operators: {operators}{OperatorPort.Prefix}, with {(keys.DemoOperatorKey is { } demo
                ? $"the key {demo} (new at each start)" : "a key that has the scope ops")}");
        }

        if (metrics is not null)
        {
            Console.WriteLine($"Metrics:   {metrics}{OperatorPort.MetricsPath}, with a key that has the scope metrics");
        }

        if (keys.DemoKey is not { } key)
        {
            return;
        }

        // To the console and not to the log, because logs are kept and shipped, and keys don't belong there.
        const string unix = "http://unix:";
        if (url.StartsWith(unix, StringComparison.Ordinal))
        {
            Console.WriteLine($"""
                Demo key: {key} (new at each start)
                REST:     curl --unix-socket {url[unix.Length..]} -H "Authorization: Bearer {key}" http://localhost/v1/games/live
                """);
        }
        else
        {
            url = ServerAddresses.ToConnect(url);
            var ws = url.Replace("http", "ws", StringComparison.Ordinal);
            Console.WriteLine($"""
                Look:     {url}/ in a browser
                Demo key: {key} (new at each start, for /ws/live, /ws/odds and reading)
                Connect:  npx wscat -c "{ws}/ws/live?key={key}"   (or websocat "{ws}/ws/live?key={key}"; prices: /ws/odds)
                REST:     curl -H "Authorization: Bearer {key}" {url}/v1/games/live
                """);
        }
    }

    [LoggerMessage(3, LogLevel.Information,
        "PushNet listens on {Url}, for operators on {OperatorUrl}, feed: {Feed}, at most {MaxConnections} connections")]
    private static partial void LogListens(ILogger log, string url, string? operatorUrl, string feed, int maxConnections);

    [LoggerMessage(2, LogLevel.Warning,
        "There is no key, so nobody can connect; make one: dotnet run --project PushNet.Web -- keys create NAME --scopes live,odds")]
    private static partial void LogNoKey(ILogger log);

    [LoggerMessage(5, LogLevel.Warning, "The data directory {Directory} lies beside the program, and goes with it when a new version takes "
        + "its place; {Setting} names another, such as /var/lib/pushnet")]
    private static partial void LogBesideProgram(ILogger log, string directory, string setting);

    [LoggerMessage(1, LogLevel.Warning, "{Warning}")]
    private static partial void LogCap(ILogger log, string warning);

    [LoggerMessage(4, LogLevel.Warning, "{Ignored}")]
    private static partial void LogIgnored(ILogger log, string ignored);
}
