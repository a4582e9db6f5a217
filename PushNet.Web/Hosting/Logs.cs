using Microsoft.Extensions.Logging.Console;
using PushNet.Web.Operators.Commands;
using PushNet.Web.Security.Redaction;
using PushNet.Web.Settings;

namespace PushNet.Web.Hosting;

/// <summary>What is logged: no keys, not every request, and a start that failed only once.</summary>
internal static class Logs
{
    /// <summary>Sets the logs up.</summary>
    /// <exception cref="SettingsException">A level or the form is none of those there are.</exception>
    public static void AddTo(WebApplicationBuilder builder)
    {
        Check(builder.Configuration);

        // The server waits for nobody who reads its output: what finds the queue full is dropped, and a later line says how many were.
        builder.Services.PostConfigure<ConsoleLoggerOptions>(console => console.QueueFullMode = builder.Configuration.GetValue(
            $"Logging:Console:{nameof(ConsoleLoggerOptions.QueueFullMode)}", ConsoleLoggerQueueFullMode.DropWrite));

        var levels = new LogLevels();
        builder.Services.AddSingleton(levels);
        builder.Configuration.Sources.Add(levels);

        // A start that failed is told in one sentence by the program, not with a stack trace here.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

        RedactingLoggerFactory.AddTo(builder.Services);

        // The host logs every request here, which is what access logs of proxies are for, and for that keeps an activity and a
        // log scope for each connection. A rule of a provider beats a rule for all, so every provider that has rules gets one, last.
        builder.Services.PostConfigure<LoggerFilterOptions>(filters =>
        {
            foreach (var provider in filters.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList())
            {
                filters.Rules.Add(new LoggerFilterRule(provider, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None, null));
            }
        });
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
