using Microsoft.Extensions.Configuration;
using PushNet.Web.Operators.Commands;

namespace PushNet.Tests.Operators;

public class ConfigCommandsTests
{
    [Theory]
    [InlineData("ApiKeys:0:Key", "1234567890123456", "(masked)")]
    [InlineData("ApiKeys:0:Sha256", "00112233", "(masked)")]
    [InlineData("Data:Postgres", "Host=db;Password=hunter2", "(masked)")]
    [InlineData("Feed:Url", "nats://u:p^ss@host:4222", "nats://(masked)@host:4222")]
    [InlineData("Feed:Url", "nats://u:pässword@host", "nats://(masked)@host")]
    [InlineData("Feed:Url", "nats://host:4222", "nats://host:4222")]
    [InlineData("Limits:MaxConnections", "20000", "20000")]
    public void Secrets_are_masked_and_nothing_else(string setting, string value, string shown)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new($"PushNet:{setting}", value)]).Build();

        Assert.Contains(ConfigCommands.Settings(configuration), row => row.Value == shown);
    }
}
