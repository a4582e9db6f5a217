namespace PushNet.Web.Operators.Commands;

/// <summary>All commands, in the order in which help shows them.</summary>
internal static class OperatorCommands
{
    public static readonly IReadOnlyList<OperatorCommand> All =
    [
        ServerCommands.Status,
        ServerCommands.List,
        ServerCommands.Drain,
        ActorCommands.Tree,
        ChannelCommands.List,
        SubscriberCommands.Top,
        SubscriberCommands.Kick,
        LimiterCommands.Show,
        GameCommands.List,
        GameCommands.Show,
        GameCommands.Remove,
        SourceCommands.List,
        BoardLogCommands.Show,
        BoardLogCommands.Repair,
        BoardLogCommands.Rules,
        LogCommands.Level,
        ConfigCommands.Show,
    ];

    /// <summary>How long a command waits for an actor.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
}
