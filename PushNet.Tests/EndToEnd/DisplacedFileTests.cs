using System.Net;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>The data directory of a running server, or files in it, deleted or moved away.</summary>
public sealed class DisplacedFileTests : IDisposable
{
    private readonly ServerData _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("journal.db")]
    [InlineData("journal.db-wal")]
    [InlineData("snapshots.db")]
    public async Task Nothing_is_acknowledged_any_more_when_a_file_is_deleted(string file)
    {
        await using var server = await _data.StartAsync();
        await server.IngestAsync(Lines.Game("g1"));
        using var client = await server.JoinAsync("live");

        File.Delete(_data.File(file));

        var sentence = $"{file} was deleted or replaced under the running server, so nothing can be kept. Move it back, or restart the "
            + $"server: it begins with what is there then.";
        Assert.Equal((HttpStatusCode.ServiceUnavailable, $"observations can't be written: {sentence}"), await PostAsync(server));
        Assert.Equal(sentence, Assert.Single((await server.GetJsonAsync("/health")).GetProperty("degraded").EnumerateArray()).GetString());
        Assert.Equal("ok", (await server.GetJsonAsync("/health/ready")).GetProperty("status").GetString());
        Assert.Equal(1, client.Snapshot.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_directory_that_is_moved_back_is_used_again()
    {
        await using var server = await _data.StartAsync();
        await server.IngestAsync(Lines.Game("g1"));
        var away = _data.Name + "-away";
        Directory.Move(_data.Name, away);
        try
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PostAsync(server)).Status);
            Assert.StartsWith("The data directory was deleted or moved away",
                (await server.GetJsonAsync("/health")).GetProperty("degraded")[0].GetString());
        }
        finally
        {
            Directory.Move(away, _data.Name);
        }

        await Eventually.True(async () => (await PostAsync(server)).Status is HttpStatusCode.OK);
        Assert.Equal(("ok", 2), ((await server.GetJsonAsync("/health")).GetProperty("status").GetString(),
            (await server.GetJsonAsync("/health")).GetProperty("games").GetInt32()));
    }

    [Fact]
    public async Task No_second_server_starts_beside_one_whose_files_were_deleted()
    {
        await using var first = await _data.StartAsync();
        foreach (var file in Directory.EnumerateFiles(_data.Name))
        {
            File.Delete(file);
        }

        var error = await Assert.ThrowsAsync<IOException>(() => _data.StartAsync());

        Assert.StartsWith($"another server (process unknown) uses {_data.Name}.", error.Message);
    }

    [Fact]
    public async Task A_directory_that_is_gone_when_the_server_stops_is_a_sentence()
    {
        var directory = Directory.CreateDirectory(_data.File("data"));
        using var server = ServerProcess.Start(
            ["--urls", "http://127.0.0.1:0"], ("PushNet__Data__Directory", directory.FullName), ("PushNet__Feed__Kind", "none"));
        await server.ListeningAsync();

        directory.Delete(recursive: true);
        await server.SignalAsync("TERM");
        await server.ExitAsync();

        Assert.Equal(0, server.ExitCode);
        Assert.Contains($"This server stops and {directory.FullName} does not hold its board: The data directory was deleted or moved "
            + $"away under the running server", server.Output);
        Assert.DoesNotContain("can't start", server.Output);
        Assert.False(Directory.Exists(directory.FullName));
    }

    private static async Task<(HttpStatusCode Status, string? Error)> PostAsync(PushServer server)
    {
        using var body = PushServer.Ndjson([Lines.Game("g2")]);
        using var response = await server.Http.PostAsync("/v1/ingest", body);
        var summary = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return (response.StatusCode, summary.TryGetProperty("error", out var error) ? error.GetString() : null);
    }
}
