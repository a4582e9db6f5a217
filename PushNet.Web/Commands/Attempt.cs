using System.CommandLine;
using PushNet.Web.Settings;

namespace PushNet.Web.Commands;

/// <summary>Runs a command that says in a sentence why it could not do its work.</summary>
internal static class Attempt
{
    /// <summary>Runs it.</summary>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="action">Does the work. What it throws for operators is printed as a sentence.</param>
    /// <returns>The exit code: 0, or 1 when it failed.</returns>
    public static async Task<int> RunAsync(ParseResult parsed, Func<TextWriter, Task> action)
    {
        try
        {
            await action(parsed.InvocationConfiguration.Output);
            return 0;
        }
        catch (Exception e) when (e is SettingsException or IOException or UnauthorizedAccessException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
