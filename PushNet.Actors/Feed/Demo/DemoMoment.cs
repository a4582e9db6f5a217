using System.Text.Json;

namespace PushNet.Actors.Feed.Demo;

/// <summary>One observation of a recorded match.</summary>
/// <param name="At">When it was made, from the start of the recording.</param>
/// <param name="Template">The recorded line.</param>
/// <param name="Status">Status on the wire.</param>
/// <param name="Home">Points of the home side, 0 before the match.</param>
/// <param name="Away">Points of the visitors, 0 before the match.</param>
/// <param name="Odds">What books expect; null when they take no more bets.</param>
internal sealed record DemoMoment(TimeSpan At, JsonElement Template, string Status, int Home, int Away, OddsModel? Odds)
{
    /// <summary>True when both have the same score.</summary>
    public bool HasScoreOf(DemoMoment other) => (Home, Away) == (other.Home, other.Away);
}
