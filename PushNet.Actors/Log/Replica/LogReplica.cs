using Akka.Actor;
using PushNet.Actors.Games;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.State;

namespace PushNet.Actors.Log.Replica;

/// <summary>The board as the log makes it: the same on every server that read the same messages. Not thread-safe.</summary>
internal sealed class LogReplica
{
    private readonly ObservedBoard _board;
    private readonly BoardDigest _digest = new();

    /// <summary>A board that has read nothing.</summary>
    public LogReplica(ObservedBoard board)
    {
        _board = board;
        board.SharedClock = () => State.Now;
        board.Digest = _digest;
    }

    /// <summary>The state of the log.</summary>
    public LogState State { get; private set; } = new();

    /// <summary>The last event of the board.</summary>
    public long Seq => _board.Board.Seq;

    /// <summary>Begins with an image, or with nothing.</summary>
    public void Begin(LogImage? image)
    {
        State = image?.State ?? new LogState();
        _digest.Value = State.Digest;
        TakeRules();
        _board.Restore(image?.Board ?? BoardImage.Empty);
    }

    /// <summary>An image of the board as it is now.</summary>
    /// <param name="log">Tells the log from others.</param>
    public LogImage Image(string log) => new(log, State.Copy(), _board.Image(isFinal: true));

    /// <summary>Takes the next message in, and evicts what is due. <see cref="Apply"/> must follow.</summary>
    /// <exception cref="LogFormatException">This version can't go on behind the messages before.</exception>
    public LogStep Take(LogMessage message)
    {
        var step = State.Take(message);
        TakeRules();
        if (step.Evicts)
        {
            _board.Evict(State.Now);
        }

        return step;
    }

    /// <summary>Applies the message that was taken in.</summary>
    /// <param name="step">What it means.</param>
    /// <param name="maxEarly">See <see cref="ObserveLines.MaxEarly"/>; changes nothing but the receipt.</param>
    /// <returns>A <see cref="LinesReceipt"/> with lines numbered from 1, a <see cref="GameRemoved"/>, or null.</returns>
    public object? Apply(LogStep step, TimeSpan maxEarly)
    {
        object? outcome = step switch
        {
            { IsApplied: true, Entry: LinesEntry lines } => Observe(LogLines.GroupOf(lines) with { MaxEarly = maxEarly }),
            { IsApplied: true, Entry: RemoveEntry remove } => _board.Remove(remove.GameId, State.Now),
            _ => null,
        };
        State.Digest = _digest.Value;
        return outcome;
    }

    private LinesReceipt Observe(ObserveLines group)
    {
        var receipt = _board.Observe(group, State.Now);
        if (!_board.IsSilent)
        {
            // Whoever records is told of what came to any server.
            _board.Settle(ActorRefs.Nobody, receipt);
        }

        return receipt;
    }

    private void TakeRules() => _board.Board.Limits = State.Rules?.In(_board.Board.Limits) ?? _board.Board.Limits;
}
