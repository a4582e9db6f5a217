using PushNet.Actors;
using PushNet.Web.Commands;

namespace PushNet.Tests.Commands;

public sealed class TimeArgumentTests
{
    private static readonly Moment Now = new(TimeSpan.Zero, new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("0s", 0)]
    [InlineData("30s", 30)]
    [InlineData("15m", 900)]
    [InlineData("24h", 86_400)]
    [InlineData("90d", 7_776_000)]
    public void Spans_are_a_number_and_a_unit(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), TimeArgument.Span(text));

    [Theory]
    [InlineData("")]
    [InlineData("24")]
    [InlineData("-1h")]
    [InlineData("1.5h")]
    [InlineData("1w")]
    [InlineData("1h ")]
    [InlineData("99999999999h")]
    [InlineData("40000d")]
    [InlineData("9999999d")]
    [InlineData("99999999d")]
    public void Anything_else_is_no_span(string text) => Assert.Null(TimeArgument.Span(text));

    [Theory]
    [InlineData("2027-01-31", "2027-01-31T00:00:00Z")]
    [InlineData("2027-01-31T18:00:00Z", "2027-01-31T18:00:00Z")]
    [InlineData("2027-01-31T18:00:00+02:00", "2027-01-31T16:00:00Z")]
    [InlineData("12h", "2026-11-25T00:00:00Z")]
    public void Moments_are_dates_or_spans_from_now(string text, string moment) => Assert.Equal(DateTimeOffset.Parse(moment), TimeArgument.Moment(text, Now));

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("01/02/2027")]
    [InlineData("2027-13-01")]
    public void Anything_else_is_no_moment(string text) => Assert.Null(TimeArgument.Moment(text, Now));
}
