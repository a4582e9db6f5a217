using Microsoft.Extensions.Configuration;
using PushNet.Web.Settings;

namespace PushNet.Tests.Settings;

public sealed class IgnoredSettingsTests
{
    [Fact]
    public void Ports_alone_are_told_with_what_to_set_in_their_place()
    {
        Assert.Equal(
            "ASPNETCORE_HTTP_PORTS is not read: ASPNETCORE_URLS says where to listen, such as http://0.0.0.0:9999",
            Assert.Single(Sentences([("http_ports", "9999")])));
        Assert.StartsWith("ASPNETCORE_HTTPS_PORTS is not read", Assert.Single(Sentences([("https_ports", "9999")])));
        Assert.Empty(Sentences([("http_ports", "9999"), ("urls", "http://127.0.0.1:1")]));
        Assert.Empty(Sentences([("http_ports", "9999"), ("Kestrel:Endpoints:A:Url", "https://127.0.0.1:1")]));
    }

    [Fact]
    public void Variables_that_look_like_settings_are_told()
    {
        Assert.Empty(Sentences([], "PushNet__Limits__MaxGames", "PUSHNET__LIMITS__MAXGAMES", "PUSHNET_KEY", "PATH", "PushNetwork"));
        Assert.Contains("two underscores", Assert.Single(Sentences([], "PUSHNET_LIMITS_MAX_GAMES")));
        Assert.Contains("PushNet__Proxies", Assert.Single(Sentences([], "ASPNETCORE_FORWARDEDHEADERS_ENABLED")));
    }

    [Fact]
    public void Older_names_are_told_with_the_one_of_now()
    {
        Assert.StartsWith("PushNet__Sockets__Origins still works, but PushNet__Origins replaces it", Assert.Single(
            Sentences([("PushNet:Sockets:Origins", "*"), ("PushNet:Rest:CorsOrigins", ""), ("PushNet:Origins", "*")])));
        Assert.StartsWith("PushNet__Rest__CorsOrigins still works", Assert.Single(Sentences([("PushNet:Rest:CorsOrigins", "*")])));
    }

    private static IReadOnlyList<string> Sentences((string Key, string Value)[] settings, params string[] environment)
    {
        var all = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        return new IgnoredSettings(configuration, environment.ToDictionary(name => name, _ => "x")).Sentences;
    }
}
