using Microsoft.Extensions.Logging.Console;
using PushNet.Web.Operators.Commands;
using PushNet.Web.Security.Redaction;
using PushNet.Web.Settings;

namespace PushNet.Web.Hosting;

/// <summary>Decides what is logged: no keys, not every request, and a failed start only once.</summary>
internal static class Logs
{
    // ISO 8601, in UTC.
    private const string TimeStamp = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <summary>Sets up the logs.</summary>
    /// <exception cref="SettingsException">A level or the form does not exist.</exception>
    public static void AddTo(WebApplicationBuilder builder)
    {
        Check(builder.Configuration);

        // The server doesn't wait for its output to be read. While the queue is full, lines are dropped. A later line says how many.
        builder.Services.PostConfigure<ConsoleLoggerOptions>(console =>
        {
            console.QueueFullMode = builder.Configuration.GetValue(
                $"Logging:Console:{nameof(ConsoleLoggerOptions.QueueFullMode)}", ConsoleLoggerQueueFullMode.DropWrite);

            // Without a name the plain form is used too, but its options are not.
            console.FormatterName ??= ConsoleFormatterNames.Simple;
        });

        // What keeps the log often adds a time of its own, but that is when the line reached it. (systemd's form has none for this reason.)
        builder.Services.PostConfigure<SimpleConsoleFormatterOptions>(lines => Stamp(lines, $"{TimeStamp} "));
        builder.Services.PostConfigure<JsonConsoleFormatterOptions>(lines => Stamp(lines, TimeStamp));

        var levels = new LogLevels();
        builder.Services.AddSingleton(levels);
        builder.Configuration.Sources.Add(levels);

        // The program tells a failed start in one sentence, so there is no stack trace here.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

        RedactingLoggerFactory.AddTo(builder.Services);

        // The host would log every request here, although access logs of proxies are for that. For it, it would keep an activity and a
        // log scope for each connection. A provider's rule beats a general one, so every provider that has rules gets one, last.
        builder.Services.PostConfigure<LoggerFilterOptions>(filters =>
        {
            foreach (var provider in filters.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList())
            {
                filters.Rules.Add(new LoggerFilterRule(provider, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None, null));
            }
        });
    }

    private static void Stamp(ConsoleFormatterOptions lines, string form)
    {
        if (lines.TimestampFormat is null)
        {
            (lines.TimestampFormat, lines.UseUtcTimestamp) = (form, true);
        }
    }

    private static void Check(IConfiguration configuration)
    {
        var logging = configuration.GetSection("Logging");
        foreach (var level in logging.GetChildren().Prepend(logging).SelectMany(provider => provider.GetSection("LogLevel").GetChildren()))
        {
            OneOf(level, Enum.GetNames<LogLevel>());
        }

        var console = logging.GetSection("Console");
        OneOf(console.GetSection("FormatterName"), ConsoleFormatterNames.Simple, ConsoleFormatterNames.Json, ConsoleFormatterNames.Systemd);
        OneOf(console.GetSection("QueueFullMode"), Enum.GetNames<ConsoleLoggerQueueFullMode>());
    }

    private static void OneOf(IConfigurationSection setting, params string[] choices)
    {
        var name = setting.Path.Replace(":", "__", StringComparison.Ordinal);
        SettingsRules.Require(
            string.IsNullOrEmpty(setting.Value) || choices.Contains(setting.Value, StringComparer.OrdinalIgnoreCase),
            $"{name} is \"{setting.Value}\". It must be one of: {string.Join(", ", choices)}.");
    }
}
