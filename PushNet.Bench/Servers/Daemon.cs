using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using PushNet.Bench.Load;

namespace PushNet.Bench.Servers;

/// <summary>A program of somebody else that runs beside the servers.</summary>
internal sealed partial class Daemon : IDisposable
{
    private const int Interrupt = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private string _said = "";

    /// <summary>Starts it.</summary>
    /// <param name="package">The package that it is in, for people.</param>
    /// <param name="command">Its path, and its arguments.</param>
    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public Daemon(string package, params string[] command)
    {
        try
        {
            _process = Process.Start(new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{command[0]} can't be run: {e.Message}. Install the package {package}.", e);
        }

        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => _said = line.Data ?? _said;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it and the processes that it started have used so far.</summary>
    public CpuTime Cpu => File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)
        .Where(child => Directory.Exists($"/proc/{child}"))
        .Select(CpuTime.Of).Aggregate(CpuTime.Of(_process.Id), (one, other) => one + other);

    /// <summary>Waits until it can be used.</summary>
    /// <param name="isReady">Tells whether it can.</param>
    /// <exception cref="InvalidOperationException">It ended, or can't be used after 30 s.</exception>
    public async Task UntilAsync(Func<bool> isReady)
    {
        if (!await LoadClient.UntilAsync(() => _process.HasExited || isReady(), Patience) || _process.HasExited)
        {
            throw new InvalidOperationException($"{_process.StartInfo.FileName} did not start. The last that it said: {_said}");
        }
    }

    public void Dispose()
    {
        _ = kill(_process.Id, Interrupt);
        _process.WaitForExit();
        _process.Dispose();
    }

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
