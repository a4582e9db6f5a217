using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Runtime.Versioning;

namespace PushNet.Tests.EndToEnd;

/// <summary>What a process finds around it when it starts, and what reaches it meanwhile.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SurroundingsTests : IDisposable
{
    private static readonly (string, string)[] Keys =
    [
        ("PushNet__ApiKeys__0__Name", "all"), ("PushNet__ApiKeys__0__Key", PushServer.Key), ("PushNet__ApiKeys__0__Scopes", "live"),
    ];

    private static readonly string[] Anywhere = ["--urls", "http://127.0.0.1:0"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Output_that_nobody_reads_stops_neither_requests_nor_the_stop_and_what_is_dropped_is_counted()
    {
        // The server itself holds the reading end, so that the pipe fills. Like nohup, this ignores SIGHUP.
        var (pipe, socket) = (_folder.File("stdout"), _folder.File("a.sock"));
        using var server = ServerProcess.StartIn(
            $"trap '' HUP; mkfifo {pipe}; exec 3<>{pipe} 1>&3;",
            ["--urls", $"http://unix:{socket}"],
            [.. Keys, ("Logging__LogLevel__Microsoft", "Trace")]);
        using var http = UnixSocket.Client(socket);
        await Eventually.True(async () => File.Exists(socket) && await AnswersAsync(http));
        await server.SignalAsync("HUP");

        await RequestAsync(http, 500);
        using (var reader = Process.Start("sh", ["-c", $"exec cat {pipe} > /dev/null"]))
        {
            await Eventually.True(async () =>
                await AnswersAsync(http) && server.Output.Contains("dropped because of queue size limit", StringComparison.Ordinal));
            reader.Kill();
            await reader.WaitForExitAsync();
        }

        await RequestAsync(http, 500);
        await server.SignalAsync("TERM");
        await server.ExitAsync();

        Assert.Equal(0, server.ExitCode);
    }

    [Fact]
    public async Task A_machine_without_an_inotify_instance_is_enough()
    {
        await File.WriteAllBytesAsync(_folder.File("pushnet.pfx"), SelfSigned.Pfx());
        var shell = await StartFaultTests.HasNamespacesAsync()
            ? "exec unshare -Ur sh -c 'echo 0 > /proc/sys/user/max_inotify_instances; exec \"$0\" \"$@\"' \"$0\" \"$@\";"
            : "";
        using var server = ServerProcess.StartIn(shell, [], [.. Keys, .. Tls(_folder.File("pushnet.pfx"))]);

        await server.ListeningAsync();

        Assert.DoesNotContain(
            new DirectoryInfo($"/proc/{server.Id}/fd").GetFiles(),
            file => file.LinkTarget?.Contains("inotify", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_file_left_at_a_unix_socket_stops_no_start_and_the_proxy_there_is_believed_as_the_hint_says()
    {
        var socket = _folder.File("a.sock");
        using var http = UnixSocket.Client(socket);
        using (var killed = ServerProcess.Start(["--urls", $"http://unix:{socket}"], Keys))
        {
            await killed.ListeningAsync();
            await FailAsync(http, "203.0.113.1");
            await Eventually.True(() => Task.FromResult(killed.Output.Contains("; set PushNet__Proxies=unix", StringComparison.Ordinal)));
            await killed.SignalAsync("KILL");
            await killed.ExitAsync();
        }

        Assert.True(File.Exists(socket));
        using var server = ServerProcess.Start(
            ["--urls", $"http://unix:{socket}"],
            [.. Keys, ("PushNet__Proxies", "unix"), ("PushNet__Limits__MaxFailuresPerAddress", "1")]);
        await server.ListeningAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await FailAsync(http, "203.0.113.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await FailAsync(http, "203.0.113.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await FailAsync(http, "203.0.113.9, 203.0.113.1"));
        Assert.Equal(HttpStatusCode.Unauthorized, await FailAsync(http, "203.0.113.2"));
        await server.SignalAsync("TERM");
        await server.ExitAsync();
        Assert.False(File.Exists(socket));
    }

    [Fact]
    public async Task Files_are_their_owners_alone_under_any_umask_and_a_hangup_drains()
    {
        var data = _folder.File("data");

        // Tests that run under nohup ignore SIGHUP, and so would the server.
        using var server = ServerProcess.StartIn("umask 000; exec env --default-signal=HUP \"$0\" \"$@\";", Anywhere, [
            .. Keys, ("PushNet__Data__Directory", data), ("PushNet__Record__File", _folder.File("match.ndjson")),
            ("PUSHNET_LIMITS_MAX_GAMES", "5")]);
        var url = await server.ListeningAsync();
        using var client = await PushClient.JoinAsync(new Uri($"ws://{url.Authority}/ws/live?key={PushServer.Key}"));

        var files = Directory.GetFiles(_folder.Name, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith(".ndjson", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("journal.db", StringComparison.Ordinal));
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.All(files, file => Assert.Equal((file, UnixFileMode.None), (file, File.GetUnixFileMode(file) & ~owner)));

        await server.SignalAsync("HUP");
        while (await client.ReceiveTextAsync() is not null)
        {
        }

        await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await server.ExitAsync();
        Assert.Equal(((WebSocketCloseStatus)1012, 0), (client.Socket.CloseStatus, server.ExitCode));
        Assert.Contains("Drained 1 connections", server.Output);
        Assert.Contains("PUSHNET_LIMITS_MAX_GAMES is not read", server.Output);
    }

    [Fact]
    public async Task A_server_that_is_told_to_stop_while_it_starts_ends_at_once_with_a_sentence()
    {
        // One waits for a database that says nothing; the other, whose actors run, for the certificate.
        using var database = new TcpListener(IPAddress.Loopback, 0);
        database.Start();
        var certificate = _folder.File("pushnet.pfx");
        var port = ((IPEndPoint)database.LocalEndpoint).Port;
        using var first = ServerProcess.Start(Anywhere, ("PushNet__Data__Postgres", $"Host=127.0.0.1;Port={port};Username=x;Database=x"));
        using var second = ServerProcess.StartIn($"mkfifo {certificate};", [], Tls(certificate));

        using var connection = await database.AcceptTcpClientAsync().WaitAsync(PushServer.Patience);
        await first.SignalAsync("TERM");
        await Eventually.True(() => Task.FromResult(File.Exists(certificate)));
        var opening = Task.Run(() => new FileStream(certificate, FileMode.Open, FileAccess.Write, FileShare.ReadWrite));
        await using var asked = await opening.WaitAsync(PushServer.Patience);
        await second.SignalAsync("TERM");

        foreach (var server in new[] { first, second })
        {
            await server.ExitAsync();
            Assert.Equal(0, server.ExitCode);
            Assert.Equal("PushNet was told to stop before it had started.", server.Output.Split('\n')[^1]);
            Assert.DoesNotContain("   at ", server.Output);
        }
    }

    private static (string, string)[] Tls(string certificate) =>
        [("Kestrel__Endpoints__A__Url", "https://127.0.0.1:0"), ("Kestrel__Certificates__Default__Path", certificate)];

    private static async Task<HttpStatusCode> FailAsync(HttpClient http, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/games/live") { Headers = { { "X-Forwarded-For", forwardedFor } } };
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task RequestAsync(HttpClient http, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(await AnswersAsync(http));
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var response = await http.GetAsync("/health");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
