using PushNet.Web.Settings;

namespace PushNet.Tests.Settings;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("250ms", 0.25)]
    [InlineData("30s", 30)]
    [InlineData("30 s", 30)]
    [InlineData("15m", 900)]
    [InlineData("24h", 86_400)]
    [InlineData("90d", 7_776_000)]
    [InlineData("00:00:10", 10)]
    [InlineData("00:00:00.100", 0.1)]
    [InlineData("23:00:00", 82_800)]
    [InlineData("36:00:00", 129_600)]
    [InlineData("1.12:00:00", 129_600)]
    public void A_span_is_a_number_with_its_unit_or_hours_minutes_and_seconds(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Durations.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("24")]
    [InlineData("1.5")]
    [InlineData("10:00")]
    [InlineData("-1h")]
    [InlineData("-01:00:00")]
    [InlineData("1.5h")]
    [InlineData("1w")]
    [InlineData("1h ")]
    [InlineData("10S")]
    [InlineData("30 seconds")]
    [InlineData("99999999999h")]
    [InlineData("40000d")]
    [InlineData("40000.00:00:00")]
    [InlineData("99999999999999ms")]
    public void Anything_else_is_no_span(string text) => Assert.Null(Durations.Parse(text));
}
