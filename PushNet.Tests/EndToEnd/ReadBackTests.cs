using Microsoft.Data.Sqlite;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Actors.State;
using PushNet.Web.Data;
using Xunit.Abstractions;

namespace PushNet.Tests.EndToEnd;

/// <summary>Reading a large board back.</summary>
public sealed class ReadBackTests(ITestOutputHelper output) : IDisposable
{
    private const int Games = 100;
    private const int OutcomesPerGame = 200;
    private const int Entries = 50_000;

    // Ten times what it may take on the machine it is measured on, so that tests beside it do no harm.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly ServerData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_snapshot_of_20000_outcomes_and_50000_entries_are_read_back_in_time()
    {
        var board = new GameBoard(Given.Limits);
        await KeepAsync(board);

        var begin = TimeProvider.System.GetTimestamp();
        await using var server = await _data.StartAsync();
        var took = TimeProvider.System.GetElapsedTime(begin);

        output.WriteLine($"started in {took.TotalMilliseconds:0} ms");
        Assert.True(took < Longest, $"took {took}");
        var last = (Entries - 1) % (Games * OutcomesPerGame);
        var markets = await server.GetJsonAsync($"/v1/games/g{last % Games}/markets");
        Assert.Contains($"\"price\":{100 + Entries - 1}", markets.ToString());
        Assert.Equal(Games, (await server.GetJsonAsync("/health")).GetProperty("games").GetInt32());
    }

    [Fact]
    public async Task An_entry_has_its_number_for_itself()
    {
        await using var server = await _data.StartAsync();

        var error = Assert.Throws<SqliteException>(() => _data.Execute("journal.db", Another("0", "message")));
        Assert.Contains("UNIQUE", error.Message);
    }

    // A snapshot as a stopped server leaves it, then entries as a killed one leaves them.
    private async Task KeepAsync(GameBoard board)
    {
        await using (var first = await _data.StartAsync())
        {
            await first.IngestAsync(Enumerable.Range(0, Games).Select(game => Lines.Game($"g{game}")));
            await first.IngestAsync(
                Enumerable.Range(0, Games * OutcomesPerGame).Select(i => Lines.Price($"g{i % Games}", 110, $"o{i / Games}")));
            await first.StopAsync();
        }

        foreach (var game in Enumerable.Range(0, Games))
        {
            board.Apply(Given.Seen(Given.Game($"g{game}")), Given.Now);
        }

        using var connection = _data.Open("journal.db");
        using var transaction = connection.BeginTransaction();
        for (var i = 0; i < Entries; i++)
        {
            var outcome = i % (Games * OutcomesPerGame);
            var changes = new UnwrittenChanges();
            var price = Given.Price(100 + i, $"o{outcome / Games}", game: $"g{outcome % Games}");
            board.Apply(price, Given.Now);
            changes.Touch(price);
            SqliteCommands.Execute(connection, Another("1", "$message"), ("$message", BoardPayload.Write(changes.TakeEntry(board))));
        }

        transaction.Commit();
    }

    private static string Another(string step, string message) => $"""
        INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid)
        SELECT created, deleted, persistence_id, sequence_number + {step}, {message}, manifest, identifier, writer_uuid FROM journal
        ORDER BY sequence_number DESC LIMIT 1
        """;
}
