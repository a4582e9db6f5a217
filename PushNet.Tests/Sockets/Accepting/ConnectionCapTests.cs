using PushNet.Web.Sockets.Accepting;

namespace PushNet.Tests.Sockets.Accepting;

public sealed class ConnectionCapTests
{
    [Theory]
    [InlineData(20_000, null, null)]
    [InlineData(20_000, 20_543L, 20_050)]
    [InlineData(20_000, 1_048_576L, 1_048_083)]
    [InlineData(20_000, long.MaxValue, int.MaxValue)]
    public void A_machine_that_can_hold_them_keeps_what_is_configured(int configured, long? openFiles, int? accepted) =>
        Assert.Equal(new ConnectionCap(configured, accepted, null), ConnectionCap.Of(configured, openFiles, held: 343));

    [Theory]
    [InlineData(20_000, 20_542L, 19_999)]
    [InlineData(20_000, 1_024L, 481)]
    [InlineData(20_000, 544L, 1)]
    public void A_lower_open_file_limit_lowers_the_cap_and_says_what_to_do(int configured, long openFiles, int limit)
    {
        var cap = ConnectionCap.Of(configured, openFiles, held: 343);

        Assert.Equal((limit, limit + 50), (cap.Limit, cap.Accepted));
        Assert.Contains("LimitNOFILE", cap.Warning);
        Assert.Contains("20543", cap.Warning);
    }

    [Fact]
    public void A_limit_that_leaves_no_connection_stops_the_start_with_a_sentence()
    {
        var error = Assert.Throws<IOException>(() => ConnectionCap.Of(20_000, 543, held: 343));

        Assert.Equal(
            "the open-file limit of 543 is too low: the server holds 343 files itself and keeps 150 free; "
            + "raise LimitNOFILE (ulimit -n) to at least 20543.",
            error.Message);
    }
}
