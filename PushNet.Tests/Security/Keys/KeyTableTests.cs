using PushNet.Web.Security.Keys;

namespace PushNet.Tests.Security.Keys;

public sealed class KeyTableTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Keys_that_end_soon_are_counted_and_secrets_that_end_in_a_rotation_are_not()
    {
        var table = new KeyTable(
        [
            Secret(1, 13), Secret(2, 15), Secret(3, null),
            Secret(4, 1), Secret(4, null),
            Secret(5, 1), Secret(5, 13),
            Secret(6, -1),
        ]);

        Assert.Equal(2, table.Expiring(Now, Now.AddDays(14)));
        Assert.Equal(3, table.Expiring(Now, Now.AddDays(15)));
        Assert.Equal(1, table.Expiring(Now.AddDays(13), Now.AddDays(27)));
        Assert.Equal(0, table.Expiring(Now.AddDays(15), Now.AddDays(29)));
    }

    private static HashedSecret Secret(long id, double? days) => new(
        SecretText.Hash(SecretText.Create("pn_live_")),
        days is { } left ? Now.AddDays(left) : null,
        new ApiKey($"{id}", "key", ["live"], default));
}
