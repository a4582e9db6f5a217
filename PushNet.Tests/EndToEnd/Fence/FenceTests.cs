using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using PushNet.Actors.Journal;
using PushNet.Web.Data;

namespace PushNet.Tests.EndToEnd.Fence;

/// <summary>The database itself refuses what a server writes that owns it no more.</summary>
public sealed class FenceTests : IAsyncLifetime
{
    private PostgresServer? _postgres;

    private PostgresServer Postgres => _postgres!;

    public async Task InitializeAsync() => _postgres = File.Exists(PostgresServer.Package) ? await PostgresServer.StartAsync() : null;

    public async Task DisposeAsync() => await (_postgres?.DisposeAsync() ?? ValueTask.CompletedTask);

    [FactWithFile(PostgresServer.Package)]
    public async Task Nothing_is_written_without_the_epoch_of_the_owner()
    {
        await using (var first = await StartAsync())
        {
            await first.IngestAsync(Lines.Game("g1"));
            await first.StopAsync();
        }

        // What a server of an earlier epoch, an earlier version, or a person with psql sends.
        foreach (var epoch in new[] { "-c pushnet.epoch=0", "-c pushnet.epoch=99", "" })
        {
            await using var connection = await Postgres.ConnectAsync(epoch);
            foreach (var statement in new[]
            {
                "INSERT INTO journal (persistence_id) SELECT persistence_id FROM journal WHERE false",
                "UPDATE journal SET deleted = deleted", "DELETE FROM journal", "TRUNCATE journal", "DELETE FROM snapshot",
                "UPDATE snapshot SET manifest = manifest",
            })
            {
                await using var command = new NpgsqlCommand(statement, connection);
                var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
                Assert.Equal(BoardOwnership.Refusal, refused.SqlState);
            }
        }

        Assert.Equal(1L, await Postgres.ScalarAsync("SELECT count(*) FROM snapshot"));
    }

    [FactWithFile(PostgresServer.Package)]
    public async Task Who_takes_the_database_waits_for_a_write_that_is_not_committed_yet()
    {
        await using var owner = await DatabaseOwner.TakeAsync(Postgres);
        await owner.WriteAsync("g1", 1);
        await using var writer = await Postgres.ConnectAsync("-c pushnet.epoch=1");
        await using var transaction = await writer.BeginTransactionAsync();
        await using var write = new NpgsqlCommand("UPDATE journal SET deleted = deleted", writer);
        await write.ExecuteNonQueryAsync();

        var next = DatabaseOwner.TakeAsync(Postgres);
        await Eventually.True(async () =>
            await Postgres.ScalarAsync("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%pushnet_epoch%'")
                is not null);
        await transaction.CommitAsync();

        await using (await next)
        {
            await Assert.ThrowsAsync<PostgresException>(() => write.ExecuteNonQueryAsync());
        }
    }

    [FactWithFile(PostgresServer.Package)]
    public async Task A_server_whose_write_is_refused_takes_nothing_more_and_sends_its_clients_away()
    {
        await using var server = await StartAsync();
        await server.IngestAsync(Lines.Game("g1"));
        using var client = await server.JoinAsync("odds");
        await Postgres.ScalarAsync("UPDATE pushnet_epoch SET epoch = epoch + 1 RETURNING epoch");

        using var body = PushServer.Ndjson([Lines.Game("g1", home: 7)]);
        using var answer = await server.Http.PostAsync("/v1/ingest", body);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("another server has taken the database", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(server.Services.GetRequiredService<BoardHold>().Ownership.IsLost);
        var lifetime = server.Services.GetRequiredService<IHostApplicationLifetime>();
        await Eventually.True(() => Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested));
        var stop = server.StopAsync();
        await client.ReceiveUntilAsync("reconnect");
        await stop;
        Assert.Equal(0L, await Postgres.ScalarAsync("SELECT count(*) FROM snapshot"));
    }

    [FactWithFile(PostgresServer.Package)]
    public async Task Entries_of_two_servers_at_once_are_not_read_back_in_part()
    {
        await using (var first = await StartAsync())
        {
            await first.IngestAsync(Lines.Game("g1"));
            await first.IngestAsync(Lines.Game("g2"));
            await first.IngestAsync(Lines.Game("g3"));
        }

        await using (var connection = await Postgres.ConnectAsync("-c pushnet.epoch=1"))
        {
            await using var mix = new NpgsqlCommand("UPDATE journal SET writer_uuid = 'another' WHERE sequence_number = 3", connection);
            Assert.Equal(1, await mix.ExecuteNonQueryAsync());
        }

        using var folder = new TempFolder();
        var error = await Assert.ThrowsAsync<IOException>(() => PushServer.StartAsync(
            ("Data:Postgres", Postgres.ConnectionString), ("Record:File", folder.File("match.ndjson"))));

        // The recording that had begun is gone.
        Assert.Empty(Directory.GetFiles(folder.Name));
        Assert.Equal("the board can't be read back: two servers have written this board at the same time, so what it holds can't be "
            + "told. Restore a backup.", error.Message);
    }

    private Task<PushServer> StartAsync() => PushServer.StartAsync(("Data:Postgres", Postgres.ConnectionString));
}
