using PushNet.Actors.Games;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Wire;

public sealed class FrameEncoderTests
{
    private readonly FrameEncoder _encoder = new();

    [Fact]
    public void Every_event_is_counted_once()
    {
        for (var seq = 1; seq <= 100; seq++)
        {
            _encoder.Encode(new ScoreChange(Given.Game(), 1, seq));
        }

        _encoder.Welcome("live", 1, Subscription.Everything);
        _encoder.Snapshot("live", 1, _encoder.EncodeGames([Given.Game()]), 100);

        Assert.Equal(100, _encoder.EncodedEvents);
    }

    [Fact]
    public void A_frame_keeps_its_bytes_when_the_next_is_made()
    {
        var first = _encoder.Encode(new ScoreChange(Given.Game("first"), 1, 1));
        var copy = first.Frame.ToArray();

        _encoder.Encode(new ScoreChange(Given.Game("other"), 2, 2));

        Assert.Equal(copy, first.Frame.ToArray());
        Assert.Equal((EventKind.ScoreChange, 1L), (first.Kind, first.Seq));
    }

    [Fact]
    public void An_encoder_goes_on_after_an_event_it_could_not_encode()
    {
        Assert.ThrowsAny<Exception>(() => _encoder.Encode(new NewGame(Given.Game() with { Scores = null! }, 1, 1)));

        Assert.Equal("""{"type":"pong","ts":1}""", Frames.Text(_encoder.Pong(1)));
    }

    [Fact]
    public void A_progress_tells_once_when_the_last_has_released()
    {
        var told = 0;
        var progress = new FanOutProgress(3, () => told++);

        progress.Release();
        progress.Release();
        Assert.Equal(0, told);
        progress.Release();

        Assert.Equal(1, told);
    }

    [Fact]
    public void A_batch_knows_its_prices_and_events()
    {
        var batch = Given.Batch(Given.Event(1), Given.Event(2, EventKind.NewGame), Given.Event(3));

        Assert.Equal(2, batch.Prices);
        Assert.Equal([1L, 2L, 3L], batch.Events.Select(one => one.Seq));
    }
}
