using Akka.Actor;
using PushNet.Actors.Journal;
using PushNet.Actors.State;

namespace PushNet.Actors.Log.Sending;

/// <summary>Who waits for an entry of this server to be found in the log.</summary>
internal abstract class LogTicket
{
    /// <summary>True when whoever waits has all the time that it takes.</summary>
    public abstract bool CanWait { get; }

    /// <summary>True when nobody waits any more.</summary>
    public virtual bool IsOver => false;

    /// <summary>See <see cref="ObserveLines.MaxEarly"/>.</summary>
    public virtual TimeSpan MaxEarly => TimeSpan.Zero;

    /// <summary>The entry was applied.</summary>
    /// <param name="outcome">What came of it.</param>
    public virtual void Settle(object? outcome)
    {
    }

    /// <summary>What became of the entry is not known, or not yet.</summary>
    /// <param name="why">The reason, as a sentence.</param>
    public virtual void Fail(string why)
    {
    }
}

/// <summary>Nobody waits.</summary>
internal sealed class NoTicket : LogTicket
{
    /// <inheritdoc />
    public override bool CanWait => true;
}

/// <summary>An operator waits for what an entry does.</summary>
/// <param name="sender">The operator.</param>
/// <param name="answer">What the operator is told when it is done; null for what came of the entry.</param>
internal sealed class OperatorTicket(IActorRef sender, object? answer = null) : LogTicket
{
    /// <inheritdoc />
    public override bool CanWait => false;

    /// <inheritdoc />
    public override void Settle(object? outcome) => sender.Tell(answer ?? outcome, ActorRefs.NoSender);

    /// <inheritdoc />
    public override void Fail(string why) => sender.Tell(new Status.Failure(new BoardUnavailableException(why)), ActorRefs.NoSender);
}

/// <summary>The sender of a group waits for lines of it.</summary>
/// <param name="group">The group.</param>
/// <param name="numbers">The lines' numbers in their source.</param>
internal sealed class LinesTicket(PendingGroup group, IReadOnlyList<long> numbers) : LogTicket
{
    /// <inheritdoc />
    public override bool CanWait => group.Lines.CanWait;

    /// <inheritdoc />
    public override bool IsOver => group.IsOver;

    /// <inheritdoc />
    public override TimeSpan MaxEarly => group.Lines.MaxEarly;

    /// <summary>The group, to be sent again.</summary>
    public PendingGroup Group => group;

    /// <inheritdoc />
    public override void Settle(object? outcome) => group.Add((LinesReceipt)outcome!, numbers);

    /// <inheritdoc />
    public override void Fail(string why) => group.Fail(why);
}
