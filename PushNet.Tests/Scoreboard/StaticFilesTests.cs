using System.Net;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Scoreboard;

public class StaticFilesTests
{
    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/pushnet-client.js", "text/javascript")]
    [InlineData("/scoreboard/main.js", "text/javascript")]
    [InlineData("/scoreboard.css", "text/css")]
    public async Task Files_need_no_key_and_load_nothing_from_outside(string path, string type)
    {
        await using var server = await PushServer.StartAsync();
        using var anybody = new HttpClient { BaseAddress = server.Url };

        using var file = await anybody.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal(type, file.Content.Headers.ContentType?.MediaType);
        var policy = Assert.Single(file.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], file.Headers.GetValues("X-Content-Type-Options"));
        Assert.DoesNotContain("https://", await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
