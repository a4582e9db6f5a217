using System.Net.Http.Headers;
using PushNet.Web.Security.Keys;

namespace PushNet.Tests.EndToEnd;

/// <summary>A server whose wall clock is set while it runs.</summary>
public sealed class WallClockTests : IDisposable
{
    private readonly ServerData _data = new();
    private readonly HttpClient _http = new();

    [FactWithFile(ShiftedClock.Compiler)]
    public async Task Events_and_joins_wait_for_no_clock_that_is_set_and_keys_expire_by_it()
    {
        using var clock = await ShiftedClock.CompileAsync();
        var keys = new KeyFile(_data.File("keys.db"), TimeProvider.System);
        var key = keys.Create(new NewKey("all", ["live", "odds", "ingest"], default, null));
        var passing = keys.Create(new NewKey("short", ["live"], default, TimeProvider.System.GetUtcNow().AddDays(1)));
        using var server = ServerProcess.Start(
            ["--urls", "http://127.0.0.1:0"], [("PushNet__Data__Directory", _data.Name), .. clock.Settings]);
        var url = await server.ListeningAsync();
        (_http.BaseAddress, _http.DefaultRequestHeaders.Authorization) = (url, new AuthenticationHeaderValue("Bearer", key));
        using var odds = await JoinAsync("odds", $"key={key}&prices=snapshot");
        using var live = await JoinAsync("live", $"key={passing}");
        await IngestAsync(Lines.Game("g1"), Lines.Price("g1", 110));
        await odds.ReceiveUntilAsync("price_change");
        await live.ReceiveUntilAsync("new_game");

        clock.Shift(TimeSpan.FromHours(-1));
        await IngestAsync(Lines.Game("g1", home: 1), Lines.Price("g1", 120));

        await odds.ReceiveUntilAsync("price_change");
        await live.ReceiveUntilAsync("score_change");
        using var newcomer = await JoinAsync("odds", $"key={key}&prices=snapshot");
        Assert.Equal(1, newcomer.Snapshot.GetProperty("count").GetInt32());
        await UntilPrinted("The wall clock was set back by 3600.0 s");

        clock.Shift(TimeSpan.FromDays(3));

        Assert.Null(await live.ReceiveTextAsync());
        Assert.Equal("the key has expired", live.Socket.CloseStatusDescription);
        await IngestAsync(Lines.Price("g1", 130));
        await odds.ReceiveUntilAsync("price_change");
        await newcomer.ReceiveUntilAsync("price_change");
        await UntilPrinted("The wall clock was set forward by 262800.0 s");

        Task<PushClient> JoinAsync(string channel, string query) => PushClient.JoinAsync(
            new Uri($"ws://{url.Authority}/ws/{channel}?{query}"));

        Task UntilPrinted(string sentence) => Eventually.True(
            () => Task.FromResult(server.Output.Contains(sentence, StringComparison.Ordinal)));
    }

    public void Dispose()
    {
        _http.Dispose();
        _data.Dispose();
    }

    private async Task IngestAsync(params string[] lines)
    {
        using var answer = await _http.PostAsync("/v1/ingest", PushServer.Ndjson(lines));
        Assert.Contains("\"rejected\":0", await answer.Content.ReadAsStringAsync());
    }
}
