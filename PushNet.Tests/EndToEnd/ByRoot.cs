using System.Diagnostics;

namespace PushNet.Tests.EndToEnd;

/// <summary>Commands that only root may give, and not in every container.</summary>
internal static class ByRoot
{
    /// <summary>Runs one.</summary>
    /// <returns>False when it is not there, or failed.</returns>
    public static bool TryRun(string program, params IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Runs one that must succeed.</summary>
    public static void Run(string program, params string[] arguments) =>
        Assert.True(TryRun(program, arguments), $"{program} {string.Join(' ', arguments)}");
}
