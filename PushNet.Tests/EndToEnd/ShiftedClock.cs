using System.Diagnostics;

namespace PushNet.Tests.EndToEnd;

/// <summary>Sets the wall clock of one process, as NTP or a person does. Its monotonic clock goes on.</summary>
internal sealed class ShiftedClock : IDisposable
{
    public const string Compiler = "/usr/bin/gcc";

    private readonly TempFolder _folder = new();

    private ShiftedClock() => Shift(TimeSpan.Zero);

    /// <summary>Environment variables for the process.</summary>
    public (string Name, string Value)[] Settings => [("LD_PRELOAD", Library), ("SHIFTED_CLOCK", Amount)];

    private string Library => _folder.File("shifted-clock.so");

    private string Amount => _folder.File("seconds");

    public static async Task<ShiftedClock> CompileAsync()
    {
        var clock = new ShiftedClock();
        using var gcc = Process.Start(
            Compiler, ["-shared", "-fPIC", "-o", clock.Library, Path.Combine(DocsTests.Root, "PushNet.Tests/EndToEnd/shifted-clock.c")]);
        await gcc.WaitForExitAsync();
        Assert.Equal(0, gcc.ExitCode);
        return clock;
    }

    /// <summary>From now on, the wall clock of the process is this far from the right time.</summary>
    public void Shift(TimeSpan shift)
    {
        // Written in place, because the process has the file in its memory.
        using var amount = new FileStream(Amount, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        amount.Write(BitConverter.GetBytes((long)shift.TotalSeconds));
    }

    public void Dispose() => _folder.Dispose();
}
