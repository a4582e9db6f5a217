using Akka.Actor;
using PushNet.Actors.Journal;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Sending;

namespace PushNet.Actors.Log;

/// <summary>What operators may ask.</summary>
internal sealed partial class LogKeeper
{
    private bool HandleOperator(object message, IActorRef sender)
    {
        switch (message)
        {
            case ShowBoardLog:
                Show(sender);
                return true;
            case RepairLog when WhyNotRepaired() is { } why:
                Refuse(sender, why);
                return true;
            case RepairLog:
                LogRepair.PutAsync(_keeping.Log, _replica.Image(_id), _keeping.Stopping).PipeTo(
                    sender,
                    success: seq => new LogRepaired(seq),
                    failure: cause => new Status.Failure(
                        new BoardUnavailableException($"the log could not be repaired: {_keeping.Log.Fault ?? cause.Message}")));
                return true;
            case ChangeRules change when WhyNotChanged(change) is { } why:
                Refuse(sender, why);
                return true;
            case ChangeRules change:
                var rules = change.In(_replica.State.Rules!);
                _outbox.Offer(new OperatorTicket(sender, new RulesChanged(rules)), new RulesEntry(0, 0, rules));
                return true;
            default:
                return false;
        }
    }

    private void Show(IActorRef to)
    {
        var (state, status) = (_replica.State, Log);
        var (imaged, number, rules) = (state.Imaged, state.Base, state.Rules);
        _keeping.Log.ExtentAsync(_keeping.Stopping).PipeTo(
            to,
            success: extent => new BoardLogShown(extent?.Log, extent?.First ?? 0, extent?.Last ?? 0, status, imaged, number, rules),
            failure: _ => new Status.Failure(new BoardUnavailableException(_keeping.Log.Fault ?? "NATS does not answer")));
    }

    private string? WhyNotRepaired() =>
        !_health.IsLost ? "nothing of the log is lost, as far as this server has read it; there is nothing to repair"
        : !_hasStarted ? "this server has no board; repair the log on one that has"
        : _keeping.Ended.IsCompleted ? "this server stops, because it does not know what is in the log"
        : null;

    private string? WhyNotChanged(ChangeRules change) =>
        WhyNotTaken is { } why ? why
        : !_health.IsLevel || _replica.State.Rules is null ? "the log is not read yet; try again"
        : change.Number is not { } number ? null
        : !BoardRules.Knows(number) ? $"this version knows {BoardRules.Known}"
        : _keeping.Servers.FirstOrDefault(known => number < known.Server.LowestRules || number > known.Server.HighestRules)
            is { Server: { } other } ? $"server {other.Name} ({other.Version}) does not know rules {number}; upgrade it first"
        : null;

    private static void Refuse(IActorRef sender, string why) =>
        sender.Tell(new Status.Failure(new LogRefusalException(why)), ActorRefs.NoSender);
}
