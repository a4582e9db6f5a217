namespace PushNet.Web.Operators.Commands;

/// <summary>Log levels that an operator set while the server runs, on top of all configuration. The next start forgets them.</summary>
internal sealed class LogLevels : ConfigurationProvider, IConfigurationSource
{
    public const string Default = "Default";

    private const string Section = "Logging:LogLevel";

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Sets the level of a category and what is below it; null undoes that.</summary>
    public void Change(string category, LogLevel? level)
    {
        var key = ConfigurationPath.Combine(Section, category);
        if (level is { } set)
        {
            Data[key] = set.ToString();
        }
        else
        {
            Data.Remove(key);
        }

        OnReload();
    }

    /// <summary>The levels in force, by category.</summary>
    public static IEnumerable<(string Category, string Level)> InForce(IConfiguration configuration) =>
        configuration.GetSection(Section).GetChildren().Select(level => (level.Key, level.Value ?? ""))
            .OrderBy(level => level.Key, StringComparer.Ordinal);
}
