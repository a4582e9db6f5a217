using PushNet.Actors.Clock;

namespace PushNet.Actors.Games;

/// <summary>What the board keeps of one game beside its latest state.</summary>
internal sealed class GameEntry(Game game, bool isDemo)
{
    public Game Game { get; set; } = game;

    public bool IsDemo { get; } = isDemo;

    /// <summary>The newest observation that was accepted for the game's state; older ones are stale.</summary>
    public Mark Mark
    {
        get;
        set
        {
            field = value;
            Outcomes.Seen.Set(value);
        }
    }

    /// <summary>When the last observation of the game or its prices was accepted. Retention counts from then.</summary>
    public Moment LastAccepted { get; set; }

    public OutcomeTable Outcomes { get; } = new();

    /// <summary>Its place in the <see cref="BoardView"/>.</summary>
    public int Slot { get; set; }

    /// <summary>True when the view does not show its latest state yet.</summary>
    public bool IsUnseen { get; set; }
}
