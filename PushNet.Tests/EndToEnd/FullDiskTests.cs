using System.Net;
using Microsoft.Extensions.Logging;

namespace PushNet.Tests.EndToEnd;

/// <summary>A disk without a single free byte.</summary>
public sealed class FullDiskTests
{
    [SmallDiskFact]
    public async Task A_start_after_an_orderly_stop_serves_what_is_kept_and_is_healed_when_there_is_room()
    {
        using var disk = new SmallDisk();
        using var logs = new RecordingLogs();
        await using (var first = await StartAsync(disk, logs))
        {
            await first.IngestAsync(Lines.Game("kept"));
            await first.StopAsync();
        }

        Assert.Equal(["journal.db", "snapshots.db"], Names(disk, "*.db*"));
        disk.Fill();
        await using (var second = await StartAsync(disk, logs))
        {
            Assert.Contains(logs.Lines, line => line.Contains("the disk has no room for journal.db-shm", StringComparison.Ordinal));
            using var client = await second.JoinAsync("live");
            Assert.Equal("kept", Assert.Single(client.Snapshot.GetProperty("games").EnumerateArray()).GetProperty("game_id").GetString());
            Assert.Contains("observations can't be written: ",
                Assert.Single((await second.GetJsonAsync("/health")).GetProperty("degraded").EnumerateArray()).GetString());
            using (var body = PushServer.Ndjson([Lines.Game("new")]))
            using (var refused = await second.Http.PostAsync("/v1/ingest", body))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            }

            disk.MakeRoom();
            await client.ReceiveUntilAsync("snapshot");
            await second.IngestAsync(Lines.Game("new"));
            Assert.Equal("ok", (await second.GetJsonAsync("/health")).GetProperty("status").GetString());
            await second.StopAsync();
        }

        await using var third = await StartAsync(disk, logs);
        var health = await third.GetJsonAsync("/health");
        Assert.Equal(("ok", 2), (health.GetProperty("status").GetString(), health.GetProperty("games").GetInt32()));

        // Refusals are told to their sources. A log with a trace for each of them would hide what matters.
        Assert.DoesNotContain(logs.Lines, line => line.Contains("SelectAsync", StringComparison.Ordinal));
    }

    private static Task<PushServer> StartAsync(SmallDisk disk, RecordingLogs logs) =>
        PushServer.StartAsync(builder => builder.Logging.AddProvider(logs), ("Data:Directory", disk.Name));

    private static IEnumerable<string?> Names(SmallDisk disk, string pattern) =>
        Directory.EnumerateFiles(disk.Name, pattern).Select(Path.GetFileName).Order();
}

/// <summary>A test that mounts a disk. It is skipped on a machine that forbids that.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    /// <summary>Why a test is skipped that fills a small disk; null when one can be mounted.</summary>
    public static readonly string? WhySkipped =
        SmallDisk.CanMount() ? null : "only root may mount the small disk that it fills, and not in every container";

    public SmallDiskFactAttribute() => Skip = WhySkipped;
}
