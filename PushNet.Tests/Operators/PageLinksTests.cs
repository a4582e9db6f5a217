using System.Net;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Operators;

/// <summary>The way from the public pages to that of the operators and back.</summary>
public class PageLinksTests
{
    [Fact]
    public async Task Who_is_on_this_machine_is_led_to_the_other_port_and_nobody_else_is()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        Assert.Equal(new Uri(server.OperatorUrl!, "/ops"), await LedToAsync(http, new Uri(server.Url, "/operators")));
        Assert.Equal(server.Url, await LedToAsync(http, new Uri(server.OperatorUrl!, "/ops/scoreboard")));
        Assert.Equal(new Uri(server.Url, "/docs/"), await LedToAsync(http, new Uri(server.OperatorUrl!, "/ops/docs")));

        Assert.Null(await LedToAsync(http, new Uri(server.Url, "/operators"), ("Host", "rebound.example")));
        Assert.Null(await LedToAsync(http, new Uri(server.Url, "/operators"), ("X-Forwarded-For", "127.0.0.1")));
        Assert.Null(await LedToAsync(http, new Uri(server.OperatorUrl!, "/ops/scoreboard"), ("Host", "rebound.example")));
    }

    [Fact]
    public async Task Without_an_operator_port_there_is_a_sentence()
    {
        await using var server = await PushServer.StartAsync();

        using var answer = await server.Http.GetAsync("/operators");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("at the operator port", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<Uri?> LedToAsync(HttpClient http, Uri url, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await http.SendAsync(request);
        return answer.StatusCode == HttpStatusCode.Redirect ? answer.Headers.Location : null;
    }
}
