using PushNet.Actors.Log.Nats;
using PushNet.Tests.EndToEnd;
using PushNet.Tests.EndToEnd.Several;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Keys.Bucket;

namespace PushNet.Tests.Security.Keys.Bucket;

public sealed class KeyBucketStreamTests
{
    // NATS has the question by then, and the client has given it up.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(1.5);

    private static CancellationToken Ever => CancellationToken.None;

    [FactWithFile(NatsServer.Program)]
    public async Task What_is_made_while_NATS_hangs_is_made_once_and_its_maker_learns_of_it()
    {
        await using var nats = await NatsServer.StartAsync();
        var where = new NatsLogSettings { Url = nats.Url };
        await using var stream = new KeyBucketStream(where, where.Patience);
        await stream.CreateAsync(Ever);
        await nats.SignalAsync("STOP");
        var making = stream.CreateAsync("key.board.0", [1], Ever);
        await ServersOnLog.PassAsync(Hang);
        await nats.SignalAsync("CONT");

        Assert.Equal(1, await making);
        Assert.Null(await stream.CreateAsync("key.board.0", [1], Ever));
    }

    [FactWithFile(NatsServer.Program)]
    public async Task An_address_at_which_nobody_answers_is_told_at_once()
    {
        var where = new NatsLogSettings { Url = $"nats://127.0.0.1:{NatsServer.FreePort()}" };
        await using var stream = new KeyBucketStream(where, TimeSpan.FromHours(1));

        await Assert.ThrowsAsync<KeyStoreException>(() => stream.ExtentAsync(Ever).WaitAsync(PushServer.Patience));
    }
}
