using PushNet.Actors.Games;
using PushNet.Actors.Log;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Log;

/// <summary>A server without anything around it: the state of the log, and the board.</summary>
internal sealed class Replica
{
    private readonly FrameEncoder _encoder = new();
    private readonly GameBoard _board = new(Given.Limits);

    public Replica()
    {
    }

    public Replica(LogImage image)
    {
        State = image.State;
        TakeRules();
        _board.Restore(image.Board, State.Now);
    }

    public LogState State { get; } = new();

    public LogImage Image => new("log", State, _board.Image(isFinal: true, State.Now));

    /// <summary>The games in their order, as readers see them.</summary>
    public string Shown => string.Join('\n', _board.View().Games.Select(view => view.Game).Concat(_board.Games))
        + string.Join(',', Enumerable.Range(0, 4).Select(slug => _board.View().Find($"slug-{slug}")?.Game.GameId));

    /// <summary>Applies a message.</summary>
    /// <returns>What became of its lines, and the frames that it caused.</returns>
    public string Take(LogMessage message)
    {
        var step = State.Take(message);
        TakeRules();
        var events = new List<GameEvent>(step.Evicts ? _board.Evict(State.Now) : []);
        var told = new List<string> { $"{step.Turn}" };
        switch (step)
        {
            case { IsApplied: true, Entry: LinesEntry lines }:
                foreach (var line in LogLines.GroupOf(lines).Lines)
                {
                    Note(_board.Apply(line.Observation!, State.Now));
                }

                break;
            case { IsApplied: true, Entry: RemoveEntry remove }:
                Note(_board.Remove(remove.GameId, State.Now));
                break;
        }

        return string.Join('\n', told.Concat(events.Select(one => Frames.Text(_encoder.Encode(one).Frame))));

        void Note(ApplyResult result)
        {
            told.Add($"{result.Verdict} {result.Error} {result.Warning}");
            events.AddRange(result.Events);
        }
    }

    private void TakeRules() => _board.Limits = State.Rules?.In(_board.Limits) ?? _board.Limits;
}
