using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PushNet.Tests.EndToEnd;

/// <summary>The server as a process of its own, for what only a process can do: receive signals, exit, print.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process) => _process = process;

    /// <summary>Everything printed so far, including errors.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    public int ExitCode => _process.ExitCode;

    /// <summary>The CPU time that it has used so far.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The files that it has open.</summary>
    public int OpenFiles => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    /// <summary>Memory that it has in use, as the kernel counts it (RSS).</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public int Id => _process.Id;

    /// <summary>Starts the server.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="settings">Environment variables.</param>
    public static ServerProcess Start(string[] arguments, params (string Name, string Value)[] settings) =>
        StartIn("", arguments, settings);

    /// <summary>Starts the server on a machine.</summary>
    /// <param name="machine">Where.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="settings">Environment variables.</param>
    public static ServerProcess StartOn(Machine machine, string[] arguments, params (string Name, string Value)[] settings) =>
        StartCommand(machine.Command(Command(arguments)), settings);

    /// <summary>Starts the server in its own surroundings.</summary>
    /// <param name="shell">What a shell does before it becomes the server, for instance <c>umask 000</c>; empty: there is no shell.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="settings">Environment variables.</param>
    public static ServerProcess StartIn(string shell, string[] arguments, params (string Name, string Value)[] settings)
    {
        string[] command = Command(arguments);
        return StartCommand(shell.Length == 0 ? command : ["sh", "-c", $"{shell} exec \"$0\" \"$@\"", .. command], settings);
    }

    /// <summary>Waits until the server says where it listens. A start is the most work that a test waits for at once.</summary>
    public async Task<Uri> ListeningAsync()
    {
        try
        {
            return await _listening.Task.WaitAsync(2 * PushServer.Patience);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"the server does not listen, and printed:\n{Output}", e);
        }
    }

    /// <summary>Waits until the server has printed something.</summary>
    public Task PrintedAsync(string text) => Eventually.True(() => Task.FromResult(Output.Contains(text, StringComparison.Ordinal)));

    /// <summary>Sends a signal, for instance TERM.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the end and says how long it took.</summary>
    public async Task<TimeSpan> ExitAsync()
    {
        var begin = TimeProvider.System.GetTimestamp();
        await _process.WaitForExitAsync().WaitAsync(PushServer.Patience);
        return TimeProvider.System.GetElapsedTime(begin);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string[] Command(string[] arguments) =>
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "PushNet.Web.dll"), .. arguments];

    private static ServerProcess StartCommand(string[] command, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PushNet__Data__Directory"] = "";
        start.Environment["PushNet__Operator__Url"] = "";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(new Process { StartInfo = start });
        server._process.OutputDataReceived += (_, line) => server.Printed(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Printed(line.Data);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    private void Printed(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Add(line);
        }

        if (ListensOn().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex("^PushNet listens on (https?://[^,]+),")]
    private static partial Regex ListensOn();
}
