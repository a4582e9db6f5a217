using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Security.Keys;

namespace PushNet.Tests.Scoreboard;

public partial class DemoKeyTests
{
    [Fact]
    public async Task Who_is_on_this_machine_gets_the_demos_keys_until_there_is_another_and_nobody_who_was_sent_on()
    {
        using var data = new ServerData();
        using var server = ServerProcess.Start(
            ["--urls", "http://127.0.0.1:0"],
            ("PushNet__Data__Directory", data.Name), ("PushNet__Operator__Url", "http://127.0.0.2:0"));
        using var http = new HttpClient { BaseAddress = await server.ListeningAsync() };

        using var answer = await http.GetAsync("/demo-key");
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var key = (await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["key"];
        using var games = await http.GetAsync($"/v1/games/live?key={key}");
        Assert.Equal(HttpStatusCode.OK, games.StatusCode);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(http, "Host", $"localhost:{http.BaseAddress.Port}"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(http, "Host", "rebound.example"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(http, "Forwarded", "for=127.0.0.1"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(http, "X-Forwarded-For", "127.0.0.1"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(http, "X-Forwarded-Proto", "https"));

        var operators = Operators().Match(server.Output);
        using var status = new HttpRequestMessage(HttpMethod.Get, $"{operators.Groups["url"].Value}/server/status")
        {
            Headers = { Authorization = new("Bearer", operators.Groups["key"].Value) },
        };
        using var shown = await http.SendAsync(status);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);

        new KeyFile(data.File("keys.db"), TimeProvider.System).Create(new NewKey("first", ["live"], default, null));
        await Eventually.True(async () =>
        {
            using var ended = await http.GetAsync($"/v1/games/live?key={key}");
            return (await ended.Content.ReadAsStringAsync()).Contains("the demo's keys have ended", StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_proxy_that_is_trusted_does_not_make_its_clients_local()
    {
        using var server = ServerProcess.Start(["--urls", "http://127.0.0.1:0"], ("PushNet__Proxies", "127.0.0.1"));
        using var http = new HttpClient { BaseAddress = await server.ListeningAsync() };

        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(http, "X-Forwarded-For", "127.0.0.1"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(http, "X-Forwarded-For", "192.0.2.7"));
    }

    [Fact]
    public async Task Where_there_are_keys_there_is_no_demo_key()
    {
        await using var server = await PushServer.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(server.Http, "Accept", "*/*"));
    }

    [GeneratedRegex("Operators: (?<url>http://127.0.0.2:[0-9]+/ops), with the key (?<key>pn_demo_ops_[A-Za-z0-9]{32}) ")]
    private static partial Regex Operators();

    private static async Task<HttpStatusCode> AskAsync(HttpClient http, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/demo-key");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
