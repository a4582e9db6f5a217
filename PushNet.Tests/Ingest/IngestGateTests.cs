using PushNet.Web.Ingest;
using PushNet.Web.Security;
using PushNet.Web.Security.Keys;

namespace PushNet.Tests.Ingest;

public class IngestGateTests
{
    private readonly KeySecret _secret = new([], null, new ApiKey(null, "feed", [KeyScope.Ingest], default));

    [Fact]
    public async Task A_body_that_does_not_end_in_time_is_aborted()
    {
        var gate = new IngestGate();
        var aborted = 0;
        using var body = gate.TryEnter(_secret, () => aborted++)!;

        await gate.CloseAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, aborted);
        Assert.True(body.MustEnd.IsCancellationRequested);
        Assert.Null(gate.TryEnter(_secret, () => { }));
    }
}
