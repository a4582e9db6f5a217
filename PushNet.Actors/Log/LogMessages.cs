using Akka.Actor;
using PushNet.Actors.Journal;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.State;

namespace PushNet.Actors.Log;

/// <summary>
/// An operator asks what the log is; answered by a <see cref="BoardLogShown"/>, or by a <see cref="Status.Failure"/> when NATS does not
/// answer.
/// </summary>
public sealed record ShowBoardLog;

/// <summary>What the log is.</summary>
/// <param name="Log">Tells it from others of the same name; null when it is gone.</param>
/// <param name="First">The first message that it holds.</param>
/// <param name="Last">The last message that it holds.</param>
/// <param name="Status">Where this server stands.</param>
/// <param name="Imaged">The last message that the newest image holds.</param>
/// <param name="Base">How often an operator has put the board of one server in the place of what the log had lost.</param>
/// <param name="Rules">The rules in force; null before there are any.</param>
public sealed record BoardLogShown(string? Log, long First, long Last, LogStatus Status, long Imaged, long Base, LogRules? Rules);

/// <summary>
/// An operator puts the board of this server in the place of what the log has lost; answered by a <see cref="LogRepaired"/>, or by a
/// <see cref="Status.Failure"/>: with a <see cref="LogRefusalException"/> when that must not be done, and with a
/// <see cref="BoardUnavailableException"/> when it was tried in vain.
/// </summary>
public sealed record RepairLog;

/// <summary>The board stands in the log.</summary>
/// <param name="Seq">The number of its last event from now on.</param>
public sealed record LogRepaired(long Seq);

/// <summary>
/// An operator changes rules of all servers; answered by a <see cref="RulesChanged"/>, or by a <see cref="Status.Failure"/>: with a
/// <see cref="LogRefusalException"/> when that must not be done, and with a <see cref="BoardUnavailableException"/> when the log can't be
/// written. What is null stays as it is.
/// </summary>
/// <param name="Number">See <see cref="LogRules.Number"/>.</param>
/// <param name="MaxGames">See <see cref="LogRules.MaxGames"/>.</param>
/// <param name="MaxOutcomes">See <see cref="LogRules.MaxOutcomes"/>.</param>
/// <param name="GameRetention">See <see cref="LogRules.GameRetention"/>.</param>
/// <param name="MaxConnections">See <see cref="LogRules.MaxConnections"/>.</param>
public sealed record ChangeRules(int? Number, int? MaxGames, int? MaxOutcomes, TimeSpan? GameRetention, int? MaxConnections)
{
    /// <summary>The rules, changed.</summary>
    internal LogRules In(LogRules rules) => new(
        Number ?? rules.Number,
        MaxGames ?? rules.MaxGames,
        MaxOutcomes ?? rules.MaxOutcomes,
        GameRetention ?? rules.GameRetention,
        MaxConnections ?? rules.MaxConnections);
}

/// <summary>These rules are in force.</summary>
/// <param name="Rules">The rules.</param>
public sealed record RulesChanged(LogRules Rules);
