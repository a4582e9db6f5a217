using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

public sealed class TurnTests
{
    private Turn _turn;

    [Fact]
    public void Only_one_has_it()
    {
        Assert.True(_turn.TryTake());
        Assert.False(_turn.TryTake());

        _turn.Release();

        Assert.True(_turn.TryTake());
    }

    [Fact]
    public async Task It_goes_to_who_asked_first_and_nobody_takes_it_from_those_who_wait()
    {
        await _turn.TakeAsync();
        var first = _turn.TakeAsync();
        var second = _turn.TakeAsync();
        Assert.False(first.IsCompleted || second.IsCompleted);

        _turn.Release();
        await first;
        Assert.False(second.IsCompleted);
        Assert.False(_turn.TryTake());

        _turn.Release();
        await second;
        _turn.Release();
        Assert.True(_turn.TryTake());
    }

    [Fact]
    public async Task Many_threads_never_have_it_at_once()
    {
        var (inside, done) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                if (!_turn.TryTake())
                {
                    await _turn.TakeAsync();
                }

                Assert.Equal(1, Interlocked.Increment(ref inside));
                done++;
                Interlocked.Decrement(ref inside);
                _turn.Release();
            }
        })));

        Assert.Equal(8000, done);
    }
}
