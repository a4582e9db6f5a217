using PushNet.Actors.Admission;
using PushNet.Web.Ingest;
using PushNet.Web.Security;
using PushNet.Web.Security.Keys;
using PushNet.Web.Settings;

namespace PushNet.Tests.Ingest;

public class IngestGateTests
{
    private static readonly IngestOptions Options = new() { MaxBodies = 3, MaxBodiesPerKey = 2 };

    private readonly HashedSecret _secret = new([], null, new ApiKey(null, "feed", [KeyScope.Ingest], default));

    [Fact]
    public async Task A_body_that_does_not_end_in_time_is_aborted()
    {
        var gate = new IngestGate(Options);
        var aborted = 0;
        using var body = gate.TryEnter(_secret, () => aborted++, out _)!;

        await gate.CloseAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, aborted);
        Assert.True(body.MustEnd.IsCancellationRequested);
        Assert.Null(gate.TryEnter(_secret, () => { }, out var refused));
        Assert.Null(refused);
    }

    [Fact]
    public void A_key_has_its_share_of_what_all_may_have_and_what_ends_is_given_back()
    {
        var gate = new IngestGate(Options);
        var other = new HashedSecret([], null, new ApiKey(null, "other", [KeyScope.Ingest], default));
        ShareRefused? RefusedTo(HashedSecret secret)
        {
            gate.TryEnter(secret, () => { }, out var refused);
            return refused;
        }

        var first = gate.TryEnter(_secret, () => { }, out _)!;
        Assert.Null(RefusedTo(_secret));
        Assert.Equal(("settings/feed", 2, 2), (RefusedTo(_secret)!.Share.Owner, RefusedTo(_secret)!.Share.Limit, RefusedTo(_secret)!.Open));
        Assert.Null(RefusedTo(other));
        Assert.True(gate.IsOfAll(RefusedTo(other)!.Share));

        first.Dispose();
        first.Dispose();
        Assert.Null(RefusedTo(other));
        Assert.NotNull(RefusedTo(_secret));
    }
}
