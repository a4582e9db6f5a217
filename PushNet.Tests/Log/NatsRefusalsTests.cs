using Microsoft.Extensions.Time.Testing;
using PushNet.Actors.Log.Nats;

namespace PushNet.Tests.Log;

/// <summary>What NATS refuses its user.</summary>
public sealed class NatsRefusalsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly NatsRefusals _refusals;

    public NatsRefusalsTests() => _refusals = new NatsRefusals(_time);

    [Theory]
    [InlineData("Permissions Violation for Publish to \"pushnet.log\"", "may not publish to pushnet.log; see")]
    [InlineData("Permissions Violation for Subscription to \"_INBOX_pushnet.a.*\"", "may not subscribe to _INBOX_pushnet.a.*; see")]
    [InlineData("Permissions Violation for Subscription to \"b\" (sid \"1\")", "may not subscribe to b; see")]
    [InlineData("Permissions Violation for Subscription to \"b\" using queue \"q\"", "may not subscribe to b; see")]
    public void What_is_refused_is_named(string error, string said)
    {
        _refusals.Note(error);

        Assert.Contains(said, _refusals.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_counts_for_a_while_that_of_a_subscription_until_the_connection_is_over_and_other_errors_are_none()
    {
        _refusals.Note("Stale Connection");
        Assert.Null(_refusals.Sentence);

        _refusals.Note("Permissions Violation for Publish to \"pushnet.log\"");
        _time.Advance(NatsRefusals.Memory - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(_refusals.Sentence);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_refusals.Sentence);

        _refusals.Note("Permissions Violation for Subscription to \"_INBOX_pushnet.a.*\"");
        _time.Advance(2 * NatsRefusals.Memory);
        Assert.NotNull(_refusals.Sentence);
        _refusals.Forget();
        Assert.Null(_refusals.Sentence);
    }
}
