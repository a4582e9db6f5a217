using System.Text.RegularExpressions;
using PushNet.Actors.Log.Nats;
using PushNet.Web.Data;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>Boards that are carried from the log to a data directory, and back.</summary>
public sealed partial class CarriedBoardTests : IDisposable
{
    private readonly ServerData _data = new();
    private readonly TempFolder _folder = new();

    [FactWithFile(NatsServer.Program)]
    public async Task A_board_goes_from_the_log_to_a_single_server_and_from_there_to_another_log()
    {
        await using var nats = await NatsServer.StartAsync();
        var exported = new DataDirectory(_folder.File("exported"));
        string games;
        await using (var shared = await StartAsync(nats.Url, "ONE"))
        {
            await shared.IngestAsync(Lines.Game("g1"), Lines.Price("g1", 110), Lines.Game("g2"));
            games = await GamesAsync(shared);
            await shared.StopAsync();
        }

        await nats.JetStream.DeleteStreamAsync("ONE");
        var board = await NatsBoard.ExportAsync(Where(nats.Url, "ONE"));
        Assert.Equal((2, 1, 1_000_003L), (board.Games, board.Outcomes, board.Seq));
        await KeptBoard.WriteAsync(exported, board);
        await using (var single = await _data.StartAsync(exported.FullPath))
        {
            Assert.Equal(games, await GamesAsync(single));
            using var client = await single.JoinAsync("live");
            Assert.Equal(1_000_003, client.SnapshotSeq);
            await single.IngestAsync(Lines.Price("g1", 120));
            games = await GamesAsync(single);
            var taken = await Assert.ThrowsAsync<IOException>(() => KeptBoard.ReadAsync(exported));
            Assert.StartsWith("another server", taken.Message);
            await single.StopAsync();
        }

        var (read, losses) = await KeptBoard.ReadAsync(exported);
        Assert.Empty(losses);
        Assert.Equal(2_000_004, await NatsBoard.FillAsync(Where(nats.Url, "TWO"), read, isForced: false));
        var refused = await Assert.ThrowsAsync<IOException>(() => NatsBoard.FillAsync(Where(nats.Url, "TWO"), read, isForced: false));
        Assert.StartsWith("servers have used the log already", refused.Message);
        await using var again = await StartAsync(nats.Url, "TWO");
        Assert.Equal(games, await GamesAsync(again));
        using var odds = await again.JoinAsync("odds");
        Assert.Equal(2_000_004, odds.SnapshotSeq);

        Assert.Equal(2_000_004, await NatsBoard.FillAsync(Where(nats.Url, "TWO"), read, isForced: true));
        Assert.Equal(2_000_004, (await odds.ReceiveUntilAsync("snapshot")).Seq());
        Assert.Equal(games, await GamesAsync(again));
    }

    [LongFact(NatsServer.Program)]
    public async Task The_commands_fill_a_log_with_files_of_0_2_0_and_say_what_they_did_or_why_not()
    {
        await using var nats = await NatsServer.StartAsync();
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "EndToEnd", "Format1Of020")))
        {
            File.Copy(file, _data.File(Path.GetFileName(file)));
        }

        Assert.Equal((1, $"there is no board in {_folder.Name}"), await RunAsync(nats.Url, "fill", _folder.Name));
        var (code, said) = await RunAsync(nats.Url, "fill", _data.Name);
        Assert.Equal(0, code);
        Assert.Matches(
            $"^The log PUSHNET holds the board of {_data.Name}: 3 games, [0-9]+ outcomes\\. Servers go on at seq 2[0-9]{{6}}\\.$", said);
        await using (var server = await StartAsync(nats.Url, "PUSHNET"))
        {
            var game = await server.GetJsonAsync("/v1/games/fifa-fra-arg-2022-12-18");
            Assert.Contains("\"price\":-1.0", game.GetProperty("markets").GetRawText());
            await server.StopAsync();
        }

        Assert.Equal(1, (await RunAsync(nats.Url, "fill", _data.Name)).Code);
        Assert.Equal(0, (await RunAsync(nats.Url, "fill", _data.Name, "--force")).Code);
        var to = _folder.File("new");
        (code, said) = await RunAsync(nats.Url, "export", to);
        Assert.Equal(0, code);
        Assert.StartsWith($"{to} holds the board of the log PUSHNET: 3 games, ", said);
        Assert.Equal((1, $"{to} holds a board already; name a directory that holds none"), await RunAsync(nats.Url, "export", to));
        Assert.Equal((1, "PushNet__Data__Nats is empty, so there is no log."), await RunAsync("", "export", _folder.File("other")));
        await using var single = await _data.StartAsync(to);
        Assert.Equal(
            "old,1",
            (await single.GetJsonAsync("/v1/games/fifa-fra-arg-2022-12-18")).GetProperty("game").GetProperty("game_id").GetString());
    }

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    private static NatsLogSettings Where(string url, string stream) =>
        new() { Url = url, Stream = stream, MaxBytes = 64 * 1024 * 1024 };

    private static Task<PushServer> StartAsync(string url, string stream) => PushServer.StartAsync(
        ("Data:Nats", url), ("Data:Log:Stream", stream), ("Data:Log:Name", "a"), ("Data:Log:MaxBytes", "67108864"));

    private static async Task<string> GamesAsync(PushServer server) => Number().Replace(
        await server.Http.GetStringAsync("/v1/games/live") + await server.Http.GetStringAsync("/v1/games/g1/markets"), "");

    private static async Task<(int Code, string Said)> RunAsync(string nats, params string[] arguments)
    {
        using var command = ServerProcess.Start(
            ["board-log", .. arguments], ("PushNet__Data__Nats", nats), ("PushNet__Data__Log__MaxBytes", "67108864"));
        await command.ExitAsync();
        await Eventually.True(() => Task.FromResult(command.Output.Length > 0));
        return (command.ExitCode, command.Output);
    }

    [GeneratedRegex("\"seq\":[0-9]+")]
    private static partial Regex Number();
}
