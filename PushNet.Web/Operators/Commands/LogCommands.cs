namespace PushNet.Web.Operators.Commands;

/// <summary>Shows and changes what is logged.</summary>
internal static class LogCommands
{
    private const string Reset = "reset";

    public static readonly OperatorCommand Level = new(
        "log level",
        "Shows the log levels. With a level, changes one until the next start.",
        (services, input) =>
        {
            if (input.Text("level") is { } level)
            {
                services.GetRequiredService<LogLevels>()
                    .Change(input.Required("category"), level == Reset ? null : Enum.Parse<LogLevel>(level, ignoreCase: true));
            }

            return Task.FromResult<object>(
                LogLevels.InForce(services.GetRequiredService<IConfiguration>()).Select(one => new { one.Category, one.Level }).ToList());
        })
    {
        Changes = true,
        Parameters =
        [
            new("level", "The new level. reset takes back what was set here. Default: only show.")
            {
                Choices = [.. Enum.GetNames<LogLevel>().Select(name => name.ToLowerInvariant()), Reset],
            },
            new("category", "The category, with all below it, such as PushNet.Web.Sockets.") { Default = LogLevels.Default },
        ],
    };
}
