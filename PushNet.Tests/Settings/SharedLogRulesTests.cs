using PushNet.Web.Settings;

namespace PushNet.Tests.Settings;

/// <summary>What is required of the settings of a log that servers share.</summary>
public sealed class SharedLogRulesTests
{
    private const string Nats = "nats://h1:4222";

    [Theory]
    [InlineData("both say where the board is kept", "Data:Nats", Nats, "Data:Postgres", "Host=h")]
    [InlineData("must be addresses of NATS servers", "Data:Nats", "nats://h1:4222,h2:4222")]
    [InlineData("The demo can't be shared", "Data:Nats", Nats, "Feed:Kind", "demo")]
    [InlineData("The demo can't be shared", "Data:Nats", Nats, "Feed:0:Kind", "demo")]
    [InlineData("must be 1 to 64 characters", "Data:Log:Name", "a b")]
    [InlineData("must be an address of this server", "Data:Log:Address", "10.0.0.1:8080")]
    [InlineData("must be an address of this server", "Data:Log:Address", "http://10.0.0.1:8080/health")]
    [InlineData("must be 1 to 32 characters", "Data:Log:Stream", "a.b")]
    [InlineData("must be 0, 1, 3 or 5", "Data:Log:Replicas", "2")]
    [InlineData("PushNet__Data__Log__Keep is 00:01:00", "Data:Log:Keep", "1m")]
    [InlineData("PushNet__Data__Log__IngestPatience", "Data:Log:IngestPatience", "60s")]
    [InlineData("PushNet__Data__Log__MaxConnections is -1", "Data:Log:MaxConnections", "-1")]
    [InlineData("PushNet__Data__Log__GoodbyeAfter", "Data:Log:GoodbyeAfter", "2h")]
    [InlineData("PushNet__Data__Log__Credentials: there is no file", "Data:Log:Credentials", "nowhere.creds")]
    [InlineData("PushNet__Data__Log__Tls__Authority: there is no file", "Data:Log:Tls:Authority", "nowhere.pem")]
    [InlineData("PushNet__Data__Log__Tls__Key belong together", "Data:Log:Tls:Certificate", "server.pem")]
    [InlineData("PushNet__Data__Log__Tls__Certificate: there is no", "Data:Log:Tls:Certificate", "a.pem", "Data:Log:Tls:Key", "a.key")]
    public void What_can_not_be_used_has_a_sentence(string sentence, params string[] settings)
    {
        var refused = SettingsGiven.Refused([.. settings.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        Assert.Contains(sentence, refused, StringComparison.Ordinal);
    }

    [Fact]
    public void Servers_that_share_a_log_play_no_demo_though_there_is_no_key()
    {
        var options = SettingsGiven.Read(("Data:Nats", $"{Nats}, tls://h2:4222"), ("Data:Log:Name", "eu-1.example"));

        Assert.Empty(new FeedsInForce(options, hasStoredKeys: false).All);
    }
}
