using NATS.Client.JetStream.Models;
using PushNet.Actors.Log.Nats;

namespace PushNet.Tests.Log;

/// <summary>Which streams can be the log.</summary>
public sealed class NatsLogStreamTests
{
    private static readonly NatsLogSettings Settings = new() { Url = "nats://127.0.0.1" };

    [Theory]
    [InlineData("pushnet.log", true)]
    [InlineData("pushnet.*", true)]
    [InlineData("*.log", true)]
    [InlineData("pushnet.>", true)]
    [InlineData(">", true)]
    [InlineData("pushnet", false)]
    [InlineData("pushnet.logs", false)]
    [InlineData("pushnet.log.>", false)]
    [InlineData("pushnet.log.*", false)]
    [InlineData("other.>", false)]
    public void A_stream_must_take_the_subject_of_the_entries(string subject, bool isFit)
    {
        var why = Why(Made with { Subjects = ["observations", subject] });

        Assert.Equal(isFit, why is null);
        Assert.True(isFit || why!.Contains("does not take the subject pushnet.log", StringComparison.Ordinal));
    }

    [Fact]
    public void One_that_is_made_here_can_be_the_log_and_one_that_lacks_something_is_told_what_to_do()
    {
        Assert.Null(Why(Made));
        Assert.Null(Why(Made with { DenyDelete = false }));
        Assert.Contains("Add the subject", Why(Made with { Subjects = null }), StringComparison.Ordinal);
        Assert.Contains("Set allow_direct", Why(Made with { AllowDirect = false }), StringComparison.Ordinal);
        Assert.Contains("must be \"limits\"", Why(Made with { Retention = StreamConfigRetention.Workqueue }), StringComparison.Ordinal);
    }

    private static StreamConfig Made => NatsLogStream.Make(Settings);

    private static string? Why(StreamConfig found) => NatsLogStream.WhyUnfit(found, Settings);
}
