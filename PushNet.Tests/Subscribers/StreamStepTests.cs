using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Subscribers;

public sealed class StreamStepTests
{
    private readonly KeyFrameDemand _demand = new();
    private readonly StreamStep _step = new();

    [Fact]
    public void It_begins_out_of_step_and_a_key_frame_lets_it_in()
    {
        Assert.False(IsCompressed(Batch(5, 8)));
        Assert.True(_demand.IsRaised);

        Assert.True(IsCompressed(Batch(8, 10, isKey: true)));
        Assert.True(IsCompressed(Batch(10, 12)));
    }

    [Fact]
    public void A_batch_that_it_was_not_given_puts_it_out_of_step()
    {
        IsCompressed(Batch(0, 2, isKey: true));

        Assert.False(IsCompressed(Batch(4, 6)));
        Assert.False(IsCompressed(Batch(6, 8)));
    }

    [Fact]
    public void A_plain_batch_leaves_it_in_step()
    {
        IsCompressed(Batch(0, 2, isKey: true));

        Assert.False(IsCompressed(null));
        Assert.True(IsCompressed(Batch(2, 4)));
        Assert.False(_demand.IsRaised);
    }

    [Fact]
    public void A_frame_that_stands_alone_puts_it_out_of_step()
    {
        IsCompressed(Batch(0, 2, isKey: true));

        _step.StandAlone();

        Assert.False(IsCompressed(Batch(2, 4)));
    }

    [Fact]
    public void What_it_missed_from_a_key_frame_on_lets_it_in_and_plain_frames_do_not()
    {
        _step.Entered(new CatchUp(new byte[1], CompressedUpTo: 7));
        Assert.True(IsCompressed(Batch(7, 9)));

        _step.Entered(new CatchUp(new byte[1]));
        Assert.False(IsCompressed(Batch(9, 10)));
    }

    private CompressedBatch Batch(long begin, long end, bool isKey = false) =>
        new(new byte[1], new FanOutProgress(1, () => { }), (begin, end), isKey, _demand);

    private bool IsCompressed(CompressedBatch? compressed)
    {
        var batch = FrameBatch.Join(Given.Events(1, 1), new FanOutProgress(1, () => { }), compressed);
        var form = _step.Next(batch);
        Assert.Same(compressed is null || form is FrameBatch ? batch : compressed, form);
        return form is CompressedBatch;
    }
}
