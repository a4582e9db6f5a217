using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using PushNet.Bench.Load;

namespace PushNet.Bench.Servers;

/// <summary>A server in a separate process, with what it costs according to the operating system.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _gcSocket;
    private readonly HttpClient _http = new();

    private ServerUnderTest(Process process, IPEndPoint address, string gcSocket) =>
        (_process, Address, _gcSocket) = (process, address, gcSocket);

    public IPEndPoint Address { get; }

    /// <summary>CPU time used so far.</summary>
    public CpuTime Cpu => CpuTime.Of(_process.Id);

    /// <summary>Resident memory in bytes.</summary>
    public long Rss =>
        long.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;

    /// <summary>Garbage collections so far.</summary>
    public Task<Collections> CollectionsAsync() => StartupHook.CollectionsAsync(_gcSocket);

    /// <summary>Bytes of the managed heap that are in use after a full collection.</summary>
    public Task<long> HeapAsync() => StartupHook.HeapAsync(_gcSocket);

    /// <summary>Open files.</summary>
    public int Descriptors => Directory.GetFiles($"/proc/{_process.Id}/fd").Length;

    /// <summary>The exit code of the server; null while it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>Starts PushNet or one of the baselines and waits until it answers.</summary>
    /// <param name="kind">What to start.</param>
    /// <param name="options">The key to let in.</param>
    /// <param name="wire">What lies between it and its clients; null for loopback.</param>
    /// <param name="settings">Further environment variables.</param>
    public static Task<ServerUnderTest> StartAsync(
        ServerKind kind, LoadOptions options, Wire? wire = null, params IEnumerable<(string Name, string Value)> settings)
    {
        var address = new IPEndPoint(wire is null ? IPAddress.Loopback : Wire.Server, FreePort());
        string[] server = kind is ServerKind.PushNet ? ["PushNet.Web.dll"] : ["PushNet.Bench.dll", "serve", kind.ToString()];
        string[] command =
        [
            .. wire is null ? [] : (string[])["ip", "netns", "exec", wire.Namespace],
            "dotnet", Path.Combine(AppContext.BaseDirectory, server[0]), .. server[1..], "--urls", $"http://{address}",
        ];
        return StartAsync(new ProcessStartInfo(command[0], command[1..]), address, options, settings);
    }

    /// <summary>Starts PushNet with a limit on its open files, and waits until it answers.</summary>
    /// <param name="openFiles">The limit.</param>
    /// <param name="options">The key to let in.</param>
    /// <param name="settings">Further environment variables.</param>
    public static Task<ServerUnderTest> StartLimitedAsync(
        int openFiles, LoadOptions options, params IEnumerable<(string Name, string Value)> settings)
    {
        var address = new IPEndPoint(IPAddress.Loopback, FreePort());
        var program = $"ulimit -n {openFiles}; exec dotnet \"$0\" --urls http://{address}";
        return StartAsync(new ProcessStartInfo("/bin/sh", ["-c", program, Path.Combine(AppContext.BaseDirectory, "PushNet.Web.dll")]),
            address, options, settings);
    }

    private static async Task<ServerUnderTest> StartAsync(
        ProcessStartInfo start, IPEndPoint address, LoadOptions options, IEnumerable<(string Name, string Value)> settings)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["PushNet__Data__Directory"] = "";
        start.Environment["PushNet__Operator__Url"] = "";
        start.Environment["PushNet__Limits__FilterShare"] = "1";
        start.Environment["PushNet__Limits__MaxConnectionsPerAddress"] = "0";
        start.Environment["PushNet__ApiKeys__0__Name"] = "bench";
        start.Environment["PushNet__ApiKeys__0__Key"] = options.Key;
        start.Environment["PushNet__ApiKeys__0__Scopes"] = "live,odds,ingest";
        var gcSocket = Path.Combine(Path.GetTempPath(), $"pushnet-bench-{Environment.ProcessId}-{address.Port}.sock");
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        start.Environment[StartupHook.PathVariable] = gcSocket;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.Write(line.Data is { Length: > 0 } text ? text + "\n" : "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerUnderTest(process, address, gcSocket);
        await server.UntilHealthy();
        return server;
    }

    /// <summary>How far the server is behind the log.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<TimeSpan?> BehindAsync()
    {
        using var health = JsonDocument.Parse(await _http.GetStringAsync($"http://{Address}/health"));
        return health.RootElement.TryGetProperty("log", out var log)
            ? TimeSpan.FromMilliseconds(log.GetProperty("behind_ms").GetDouble()) : null;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        File.Delete(_gcSocket);
    }

    private async Task UntilHealthy()
    {
        var healthy = false;
        await LoadClient.UntilAsync(
            () =>
            {
                try
                {
                    using var response = _http.Send(new HttpRequestMessage(HttpMethod.Get, $"http://{Address}/health"));
                    return healthy = response.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(30));
        if (!healthy)
        {
            throw new InvalidOperationException($"the server at {Address} did not start");
        }
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>What can be measured.</summary>
internal enum ServerKind
{
    /// <summary>The server of this repository.</summary>
    PushNet,

    /// <summary>The server that everybody writes: a channel and a sending loop per connection.</summary>
    Channel,

    /// <summary>A SignalR hub.</summary>
    SignalR,
}
