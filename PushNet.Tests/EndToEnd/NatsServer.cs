using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using PushNet.Actors.Feed.Nats;

namespace PushNet.Tests.EndToEnd;

/// <summary>A NATS server with JetStream on its own port and in its own folder. It can be killed and started again.</summary>
internal sealed class NatsServer : IAsyncDisposable
{
    /// <summary>The program of Debian's package.</summary>
    public const string Program = "/usr/sbin/nats-server";

    // Another version can be tested.
    private static readonly string Tested = Environment.GetEnvironmentVariable("PUSHNET_NATS_SERVER") ?? Program;

    private static int _lastPort = 10_000 + (Environment.ProcessId % 20_000);

    private readonly TempFolder _store = new();
    private readonly int _port = FreePort();
    private readonly NatsConnection _connection;
    private readonly Machine _machine;
    private readonly string[] _more;
    private Process? _process;

    private NatsServer(Machine machine, string[] more)
    {
        (_machine, _more) = (machine, more);
        _connection = NatsStreams.Connect(Settings);
        JetStream = new NatsJSContext(_connection);
    }

    public string Url => $"nats://{_machine.Back}:{_port}";

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => new(IPAddress.Loopback, _port);

    public NatsSettings Settings =>
        new() { Url = Url, Stream = "OBSERVATIONS", Subject = "observations", Consumer = "pushnet", AckWait = TimeSpan.FromSeconds(1) };

    /// <summary>A client of its own.</summary>
    public NatsJSContext JetStream { get; }

    /// <summary>The settings of a PushNet server that reads the stream.</summary>
    public (string Name, string Value)[] Feed => [("Feed:Kind", "nats"), ("Feed:Url", Url), ("Feed:AckWait", "00:00:01")];

    /// <summary>Starts a server.</summary>
    /// <param name="more">Further arguments of the command line.</param>
    public static Task<NatsServer> StartAsync(params string[] more) => StartAsync(Machine.Here, more);

    /// <summary>Starts a server on a machine.</summary>
    /// <param name="machine">Where.</param>
    /// <param name="more">Further arguments of the command line.</param>
    public static async Task<NatsServer> StartAsync(Machine machine, string[] more)
    {
        var server = new NatsServer(machine, more);
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        string[] command = _machine.Command([Tested, "-js", "-a", _machine.Back, "-p", $"{_port}", "-sd", _store.Name, .. _more]);
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        await Eventually.True(IsThere);
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops it by a signal, for instance TERM.</summary>
    public async Task StopAsync(string signal)
    {
        await SignalAsync(signal);
        await _process!.WaitForExitAsync().WaitAsync(PushServer.Patience);
    }

    /// <summary>Copies what it keeps, which needs it not to run.</summary>
    public void CopyStoreTo(string folder) => Copy(_store.Name, folder);

    /// <summary>Keeps from now on what was copied, which needs it not to run.</summary>
    public void TakeStoreFrom(string folder)
    {
        foreach (var part in Directory.GetDirectories(_store.Name))
        {
            Directory.Delete(part, recursive: true);
        }

        Copy(folder, _store.Name);
    }

    /// <summary>False when it was killed.</summary>
    public bool IsRunning => !_process!.HasExited;

    /// <summary>Sends a signal, for instance STOP.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {_process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Publishes each line, with as many tries as it takes.</summary>
    public async Task PublishAsync(params IEnumerable<string> lines)
    {
        await Eventually.True(() => Tried(() => NatsStreams.EnsureStreamAsync(JetStream, Settings, CancellationToken.None)));
        foreach (var line in lines)
        {
            await Eventually.True(() => Tried(async () => (await JetStream.PublishAsync(Settings.Subject, line)).EnsureSuccess()));
        }
    }

    /// <summary>The state of the consumer; null while the server that makes it has not come that far.</summary>
    public async Task<ConsumerInfo?> ConsumerAsync()
    {
        try
        {
            return (await JetStream.GetConsumerAsync(Settings.Stream, Settings.Consumer)).Info;
        }
        catch (NatsJSApiException)
        {
            return null;
        }
    }

    /// <summary>Waits until all messages are acknowledged or terminated.</summary>
    public async Task UntilNothingIsLeftAsync() => await Eventually.True(async () =>
    {
        var stream = await JetStream.GetStreamAsync(Settings.Stream);
        return await ConsumerAsync() is { NumPending: 0, NumAckPending: 0 } info && info.AckFloor.StreamSeq == stream.Info.State.LastSeq;
    });

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        _store.Dispose();
    }

    /// <summary>Why a test is skipped that needs a version of the program; null when it is that one, or a later one.</summary>
    public static string? WhySkippedBefore(Version least)
    {
        using var process = Process.Start(new ProcessStartInfo(Tested, "--version") { RedirectStandardOutput = true })!;
        var version = process.StandardOutput.ReadToEnd().Split('v')[^1];
        return Version.Parse(version) >= least ? null : $"needs NATS {least} or later, whose path PUSHNET_NATS_SERVER gives";
    }

    private static async Task<bool> Tried(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (NatsException)
        {
            return false;
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private async Task<bool> IsThere()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(_machine.Back, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A port that nobody gets from the kernel meanwhile, because it is below those that it gives out.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Interlocked.Increment(ref _lastPort));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
