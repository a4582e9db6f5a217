using Microsoft.AspNetCore.Connections;
using PushNet.Web.Commands;
using PushNet.Web.Settings;

namespace PushNet.Tests.Commands;

public sealed class TakenAddressTests
{
    private static readonly OperatorOptions Operators = new()
    {
        Url = "http://127.0.0.1:8081/",
        Metrics = new MetricsOptions { Url = "http://0.0.0.0:9090" },
    };

    [Theory]
    [InlineData("http://127.0.0.1:8081", "That is the address for operators; PushNet__Operator__Url names another")]
    [InlineData("http://0.0.0.0:9090", "That is the address for metrics; PushNet__Operator__Metrics__Url names another")]
    [InlineData("http://127.0.0.1:80810", "--urls or ASPNETCORE_URLS names another")]
    [InlineData("http://127.0.0.1:8080", "--urls or ASPNETCORE_URLS names another")]
    public void The_setting_that_names_another_is_told(string taken, string sentence) => Assert.Contains(
        $"already in use. {sentence}",
        StartFault.Sentence(
            new IOException($"Failed to bind to address {taken}: address already in use.", new AddressInUseException("")), Operators));
}
