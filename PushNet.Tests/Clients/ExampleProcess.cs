using System.Diagnostics;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Clients;

/// <summary>A program of examples/ that runs, and what it prints.</summary>
internal sealed class ExampleProcess : IDisposable
{
    private readonly Process _process;

    public ExampleProcess(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = DocsTests.Root, RedirectStandardOutput = true };
        start.Environment["PUSHNET_KEY"] = PushServer.Key;
        start.Environment["PYTHONPATH"] = DocsTests.PathOf("clients/python");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        _process = Process.Start(start)!;
    }

    /// <summary>Reads until a line has a text in it.</summary>
    public async Task UntilItTellsAsync(string text)
    {
        var told = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(PushServer.Patience) is { } line)
        {
            told.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"it ended without \"{text}\":\n{string.Join('\n', told)}");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
