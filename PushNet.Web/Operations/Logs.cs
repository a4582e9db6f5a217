using PushNet.Web.Security.Redaction;

namespace PushNet.Web.Operations;

/// <summary>What is logged: no keys, not every request, and a start that failed only once.</summary>
internal static class Logs
{
    /// <summary>Sets the logs up.</summary>
    public static void AddTo(WebApplicationBuilder builder)
    {
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
}
