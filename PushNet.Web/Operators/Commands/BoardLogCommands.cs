using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Games;
using PushNet.Actors.Log;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.State;
using PushNet.Web.Data;
using PushNet.Web.Settings;

namespace PushNet.Web.Operators.Commands;

/// <summary>Looks at the log that servers share, repairs it, and changes what it says for all of them.</summary>
internal static class BoardLogCommands
{
    // What is sent to the log waits for it for as long as the ingest patience says, which is less.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static readonly OperatorCommand Show = new(
        "board-log show",
        "Shows the log that this server shares with others, how far the server has read it, and the rules in force.",
        async (services, _) =>
        {
            var shown = await AskAsync<BoardLogShown>(services, new ShowBoardLog());
            return new
            {
                Created = shown.Log,
                shown.First,
                shown.Last,
                shown.Imaged,
                Repairs = shown.Base,
                State = Words<LogStanding>.Of(shown.Status.Standing),
                (await BoardAsync(services)).Seq,
                Message = shown.Status.Sequence,
                BehindMs = (long)shown.Status.Behind.TotalMilliseconds,
                Rules = Row(shown.Rules),
            };
        });

    public static readonly OperatorCommand Repair = new(
        "board-log repair",
        "Puts the board of this server in the place of what the log has lost. The other servers are asked first, and one with a higher seq "
            + "must do it.",
        async (services, input) =>
        {
            var board = await BoardAsync(services);
            if (board.Log is { Standing: LogStanding.Lost })
            {
                var others = await OtherBoard.AskAsync(LogOf(services).Others);
                if (OtherBoard.WhyNot(others, board.Seq, input.Has("force")) is { } why)
                {
                    throw new LogRefusalException(why);
                }
            }

            return new { Repaired = true, (await AskAsync<LogRepaired>(services, new RepairLog())).Seq };
        })
    {
        Changes = true,
        Parameters = [new("force", "Repairs also when a server can't be asked.") { IsFlag = true }],
    };

    public static readonly OperatorCommand Rules = new(
        "board-log rules",
        "Shows the rules that all servers on the log have in common. With a parameter, changes them.",
        async (services, input) =>
        {
            var change = new ChangeRules(
                (int?)input.NumberIfGiven("number", 1, int.MaxValue),
                (int?)input.NumberIfGiven("max-games", 1, LimitRules.MostGames),
                (int?)input.NumberIfGiven("max-outcomes", 1, LimitRules.MostOutcomes),
                input.SpanIfGiven("retention", LimitRules.LeastRetention, LimitRules.MostRetention),
                (int?)input.NumberIfGiven("max-connections", 0, LimitRules.MostSharedConnections));
            return Row(change == new ChangeRules(null, null, null, null, null)
                ? (await AskAsync<BoardLogShown>(services, new ShowBoardLog())).Rules
                : (await AskAsync<RulesChanged>(services, change)).Rules)
                ?? throw new LogRefusalException("the log has no rules yet; the first server brings its own as soon as it is ready");
        })
    {
        Changes = true,
        Parameters =
        [
            new("number", "The number of the rules by which the log becomes a board. All servers must know them."),
            new("max-games", $"How many games the board holds at most, from 1 to {LimitRules.MostGames}."),
            new("max-outcomes", $"How many outcomes the board holds at most, from 1 to {LimitRules.MostOutcomes}."),
            new("retention", "How long a game that is not live stays without news, such as 24h."),
            new("max-connections", "How many connections all servers together take; 0 for no cap."),
        ],
    };

    private static object? Row(LogRules? rules) => rules is null ? null : new
    {
        rules.Number,
        rules.MaxGames,
        rules.MaxOutcomes,
        RetentionS = rules.GameRetention.TotalSeconds,
        rules.MaxConnections,
    };

    private static LogKeeping LogOf(IServiceProvider services) => services.GetRequiredService<BoardHold>().Log
        ?? throw new LogRefusalException("this server shares its board with no other, so there is no log: PushNet__Data__Nats is empty");

    private static Task<BoardStatus> BoardAsync(IServiceProvider services) => AskAsync<BoardStatus>(services, new GetBoardStatus());

    private static Task<T> AskAsync<T>(IServiceProvider services, object question)
    {
        _ = LogOf(services);
        return services.GetRequiredService<ActorRegistry>().Get<GameStateActor>().Ask<T>(question, Patience);
    }
}
