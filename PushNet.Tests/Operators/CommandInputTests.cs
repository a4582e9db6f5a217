using PushNet.Web.Operators.Commands;

namespace PushNet.Tests.Operators;

public class CommandInputTests
{
    private static readonly OperatorCommand Command = new("board-log any", "", (_, _) => Task.FromResult<object>(0))
    {
        Parameters = [new("games", ""), new("span", ""), new("force", "") { IsFlag = true }],
    };

    [Fact]
    public void What_is_given_is_read_and_what_is_left_out_is_nothing()
    {
        var given = Of(("games", "7"), ("span", "24:00:00"), ("force", "true"));

        Assert.Equal((7L, true), (given.NumberIfGiven("games", 1, 10), given.Has("force")));
        Assert.Equal(TimeSpan.FromDays(1), Span(given));
        var nothing = Of();
        Assert.Null(nothing.NumberIfGiven("games", 1, 10));
        Assert.Null(Span(nothing));
        Assert.False(nothing.Has("force"));
    }

    [Theory]
    [InlineData("366d")]
    [InlineData("999ms")]
    [InlineData("24")]
    public void A_span_that_is_none_or_out_of_range_is_refused_with_a_sentence(string text)
    {
        var why = Assert.Throws<CommandException>(() => Span(Of(("span", text)))).Message;

        Assert.StartsWith("span must be a time such as ", why);
        Assert.EndsWith($", from 00:00:01 to 365.00:00:00; \"{text}\" is not", why);
    }

    [Fact]
    public void A_flag_is_true_or_false() =>
        Assert.Equal(
            "force must be one of true, false; \"maybe\" is not", Assert.Throws<CommandException>(() => Of(("force", "maybe"))).Message);

    private static CommandInput Of(params (string Name, string Value)[] given) =>
        CommandInput.Of(Command, given.Select(one => KeyValuePair.Create(one.Name, one.Value)));

    private static TimeSpan? Span(CommandInput input) => input.SpanIfGiven("span", TimeSpan.FromSeconds(1), TimeSpan.FromDays(365));
}
