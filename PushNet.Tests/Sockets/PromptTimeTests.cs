using System.Threading.Channels;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

public sealed class PromptTimeTests : IDisposable
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly Channel<object?> _fired = Channel.CreateUnbounded<object?>();
    private readonly PromptTime _time = new();
    private readonly ITimer _timer;

    public PromptTimeTests() => _timer = _time.CreateTimer(state => _fired.Writer.TryWrite(state), "state", Never, Never);

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(3)]
    [InlineData(1001)]
    public async Task It_fires_when_it_is_due_and_not_before(double milliseconds)
    {
        var begun = _time.GetTimestamp();

        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Never);

        Assert.Equal("state", await Fired());
        Assert.True(_time.GetElapsedTime(begun).TotalMilliseconds >= milliseconds);
    }

    [Fact]
    public async Task It_fires_once_and_is_set_again()
    {
        for (var i = 0; i < 100; i++)
        {
            _timer.Change(TimeSpan.FromMicroseconds(i), Never);
            await Fired();
            Assert.False(_fired.Reader.TryRead(out _));
        }
    }

    [Fact]
    public async Task The_last_setting_counts()
    {
        _timer.Change(Long, Never);
        _timer.Change(TimeSpan.FromMilliseconds(1), Never);
        await Fired();

        _timer.Change(TimeSpan.FromMilliseconds(20), Never);
        _timer.Change(Never, Never);
        using var other = _time.CreateTimer(_ => _fired.Writer.TryWrite("other"), null, TimeSpan.FromMilliseconds(40), Never);

        Assert.Equal("other", await Fired());
    }

    [Fact]
    public async Task A_disposed_one_never_fires_and_can_not_be_set()
    {
        _timer.Change(TimeSpan.FromMilliseconds(20), Never);

        _timer.Dispose();
        _timer.Dispose();

        Assert.False(_timer.Change(TimeSpan.Zero, Never));
        using var other = _time.CreateTimer(_ => _fired.Writer.TryWrite("other"), null, TimeSpan.FromMilliseconds(40), Never);
        Assert.Equal("other", await Fired());
    }

    public void Dispose() => _timer.Dispose();

    private async Task<object?> Fired()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _fired.Reader.ReadAsync(patience.Token);
    }
}
