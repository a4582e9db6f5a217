using System.Net;
using System.Net.Http.Json;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Scoreboard;

public class DemoKeyTests
{
    [Fact]
    public async Task Who_is_on_this_machine_gets_the_demo_key_and_nobody_who_was_sent_on()
    {
        using var server = ServerProcess.Start(["--urls", "http://127.0.0.1:0"]);
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

    private static async Task<HttpStatusCode> AskAsync(HttpClient http, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/demo-key");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
