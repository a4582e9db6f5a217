using PushNet.Web.Operations;

namespace PushNet.Tests.Operations;

public sealed class ConnectionCapTests
{
    [Theory]
    [InlineData(20_000, null)]
    [InlineData(20_000, 20_500L)]
    [InlineData(20_000, 1_048_576L)]
    public void A_machine_that_can_hold_them_keeps_what_is_configured(int configured, long? openFiles) =>
        Assert.Equal(new ConnectionCap(configured, null), ConnectionCap.Of(configured, openFiles));

    [Theory]
    [InlineData(20_000, 20_499L, 19_999)]
    [InlineData(20_000, 1_024L, 524)]
    [InlineData(20_000, 400L, 1)]
    public void A_lower_open_file_limit_lowers_the_cap_and_says_what_to_do(int configured, long openFiles, int limit)
    {
        var cap = ConnectionCap.Of(configured, openFiles);

        Assert.Equal(limit, cap.Limit);
        Assert.Contains("LimitNOFILE", cap.Warning);
        Assert.Contains("20500", cap.Warning);
    }
}
