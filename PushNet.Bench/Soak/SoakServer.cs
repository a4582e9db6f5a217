using System.Net.Http.Headers;
using System.Text.Json;
using PushNet.Bench.Load;
using PushNet.Bench.Servers;

namespace PushNet.Bench.Soak;

/// <summary>
/// The server of a soak. It has few open files, a clock that can be stepped, a board on disk, and an operator port to look into it.
/// </summary>
internal sealed class SoakServer : IAsyncDisposable
{
    private const int OpenFiles = 1024;

    private readonly HttpClient _operators;

    private SoakServer(ServerUnderTest process, HttpClient operators) => (Process, _operators) = (process, operators);

    public ServerUnderTest Process { get; }

    public static async Task<SoakServer> StartAsync(LoadOptions options, DataFolder data, ShiftedClock clock)
    {
        var url = $"http://127.0.0.1:{ServerUnderTest.FreePort()}";
        var process = await ServerUnderTest.StartLimitedAsync(
            OpenFiles,
            options,
            [
                data.Setting,
                .. clock.Settings,
                ("PushNet__Operator__Url", url),
                ("PushNet__ApiKeys__0__Scopes", "live,odds,ingest,ops"),
            ]);
        var operators = new HttpClient { BaseAddress = new Uri(url) };
        operators.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Key);
        return new SoakServer(process, operators);
    }

    /// <summary>Slots that the limiter counts as taken.</summary>
    public async Task<int> SlotsAsync() => (await AskAsync("/ops/server/status")).GetProperty("connections").GetInt32();

    /// <summary>Actors, from the user guardian down.</summary>
    public async Task<int> ActorsAsync() => CountOf(await AskAsync("/ops/actor/tree?children=1000"));

    public async ValueTask DisposeAsync()
    {
        _operators.Dispose();
        await Process.DisposeAsync();
    }

    private async Task<JsonElement> AskAsync(string path) => JsonDocument.Parse(await _operators.GetStringAsync(path)).RootElement;

    private static int CountOf(JsonElement actor) => 1 + actor.GetProperty("children").EnumerateArray().Sum(CountOf);
}
