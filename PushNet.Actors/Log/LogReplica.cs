using Akka.Actor;
using PushNet.Actors.Games;
using PushNet.Actors.State;

namespace PushNet.Actors.Log;

/// <summary>The board as the log makes it: the same on every server that read the same messages. Not thread-safe.</summary>
/// <param name="board">The board.</param>
internal sealed class LogReplica(ObservedBoard board)
{
    /// <summary>The state of the log.</summary>
    public LogState State { get; private set; } = new();

    /// <summary>Begins with an image, or with nothing.</summary>
    public void Begin(LogImage? image)
    {
        State = image?.State ?? new LogState();
        TakeRules();
        board.Restore(image?.Board ?? BoardImage.Empty);
    }

    /// <summary>An image of the board as it is now.</summary>
    /// <param name="log">Tells the log from others.</param>
    public LogImage Image(string log) => new(log, State.Copy(), board.Image(isFinal: true));

    /// <summary>Takes the next message in, and evicts what is due. <see cref="Apply"/> must follow.</summary>
    /// <exception cref="LogFormatException">This version can't go on behind the messages before.</exception>
    public LogStep Take(LogMessage message)
    {
        var step = State.Take(message);
        TakeRules();
        if (step.Evicts)
        {
            board.Evict(State.Now);
        }

        return step;
    }

    /// <summary>Applies the message that was taken in.</summary>
    /// <param name="step">What it means.</param>
    /// <param name="maxEarly">See <see cref="ObserveLines.MaxEarly"/>; changes nothing but the receipt.</param>
    /// <returns>A <see cref="LinesReceipt"/> with lines numbered from 1, a <see cref="GameRemoved"/>, or null.</returns>
    public object? Apply(LogStep step, TimeSpan maxEarly)
    {
        switch (step)
        {
            case { IsApplied: true, Entry: LinesEntry lines }:
                var receipt = board.Observe(LogLines.GroupOf(lines) with { MaxEarly = maxEarly }, State.Now);
                if (!board.IsSilent)
                {
                    // Whoever records is told of what came to any server.
                    board.Settle(ActorRefs.Nobody, receipt);
                }

                return receipt;
            case { IsApplied: true, Entry: RemoveEntry remove }:
                return board.Remove(remove.GameId, State.Now);
            default:
                return null;
        }
    }

    private void TakeRules() => board.Board.Limits = State.Rules?.In(board.Board.Limits) ?? board.Board.Limits;
}
