using Akka.Actor;

namespace PushNet.Web.Operators.Commands;

/// <summary>Looks into the actor system.</summary>
internal static class ActorCommands
{
    public static readonly OperatorCommand Tree = new(
        "actor tree",
        "Shows the actors and how many messages wait in each mailbox. Of many children the busiest are shown, and the rest are counted.",
        (services, input) => Task.FromResult<object>(
            NodeOf((IInternalActorRef)((ExtendedActorSystem)services.GetRequiredService<ActorSystem>()).Guardian,
                (int)input.Number("children", 1, 1000))))
    {
        Parameters = [new("children", "How many children of one actor to show, from 1 to 1000.") { Default = "20" }],
    };

    private static ActorNode NodeOf(IActorRef actor, int most)
    {
        // The actors themselves are not asked, because one that hangs must not hide the others.
        if (actor is not ActorRefWithCell { Underlying: { } cell } known)
        {
            return new ActorNode(actor.Path.Name, actor.GetType().Name, 0, 0, []);
        }

        var children = known.Children.ToList();
        var shown = children
            .OrderByDescending(child => child is ActorRefWithCell withCell ? withCell.Underlying.NumberOfMessages : 0)
            .ThenBy(child => child.Path.Name, StringComparer.Ordinal)
            .Take(most)
            .Select(child => NodeOf(child, most));
        return new ActorNode(actor.Path.Name, cell.Props.Type.Name, cell.NumberOfMessages, children.Count, [.. shown]);
    }

    /// <summary>An actor.</summary>
    /// <param name="Name">Its name below its parent.</param>
    /// <param name="Type">Its class.</param>
    /// <param name="Mailbox">Messages that wait.</param>
    /// <param name="ChildCount">All its children.</param>
    /// <param name="Children">Those that are shown.</param>
    internal sealed record ActorNode(string Name, string Type, int Mailbox, int ChildCount, IReadOnlyList<ActorNode> Children);
}
