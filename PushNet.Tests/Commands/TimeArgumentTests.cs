using PushNet.Actors.Clock;
using PushNet.Web.Commands;

namespace PushNet.Tests.Commands;

public sealed class TimeArgumentTests
{
    private static readonly Moment Now = new(TimeSpan.Zero, new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("2027-01-31", "2027-01-31T00:00:00Z")]
    [InlineData("2027-01-31T18:00:00Z", "2027-01-31T18:00:00Z")]
    [InlineData("2027-01-31T18:00:00+02:00", "2027-01-31T16:00:00Z")]
    [InlineData("12h", "2026-11-25T00:00:00Z")]
    public void Moments_are_dates_or_spans_from_now(string text, string moment) =>
        Assert.Equal(DateTimeOffset.Parse(moment), TimeArgument.Moment(text, Now));

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("01/02/2027")]
    [InlineData("2027-13-01")]
    public void Anything_else_is_no_moment(string text) => Assert.Null(TimeArgument.Moment(text, Now));
}
