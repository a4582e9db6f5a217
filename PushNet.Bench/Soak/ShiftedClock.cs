using System.Diagnostics;

namespace PushNet.Bench.Soak;

/// <summary>The wall clock of a process that is started with <see cref="Settings"/>. Its monotonic clock is left alone.</summary>
internal sealed class ShiftedClock : IDisposable
{
    private const string Source = "shifted-clock.c";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pushnet-clock-");

    /// <summary>Compiles what stands between the process and the kernel's clock.</summary>
    /// <exception cref="InvalidOperationException">gcc is missing or fails.</exception>
    public ShiftedClock()
    {
        File.WriteAllBytes(OffsetFile, new byte[Environment.SystemPageSize]);
        try
        {
            using var gcc = Process.Start(
                "gcc", ["-shared", "-fPIC", "-O2", "-o", Library, Path.Combine(AppContext.BaseDirectory, Source)]);
            gcc.WaitForExit();
            if (gcc.ExitCode != 0)
            {
                throw new InvalidOperationException($"gcc could not compile {Source}");
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("gcc is missing: install it, since without it the server's clock can't be set");
        }
    }

    /// <summary>Environment variables for the process.</summary>
    public IEnumerable<(string Name, string Value)> Settings => [("LD_PRELOAD", Library), ("SHIFTED_CLOCK", OffsetFile)];

    private string Library => Path.Combine(_folder.FullName, "shifted-clock.so");

    private string OffsetFile => Path.Combine(_folder.FullName, "offset");

    /// <summary>Sets how far the clock is off from now on, in whole seconds.</summary>
    public void Shift(TimeSpan offset)
    {
        // Written in place, because the process has the file mapped.
        using var file = new FileStream(OffsetFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Write(BitConverter.GetBytes((long)offset.TotalSeconds));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
