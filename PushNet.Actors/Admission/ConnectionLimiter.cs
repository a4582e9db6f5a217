using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Log;

namespace PushNet.Actors.Admission;

/// <summary>
/// Enforces the cap over both channels, that of all servers on a log, and those of keys and addresses. It has one mailbox, so no two
/// requests ever race for the last slot. Slots are kept by id, which makes a release idempotent.
/// </summary>
public sealed class ConnectionLimiter : UntypedActor
{
    /// <summary>Its name below <c>/user</c>.</summary>
    public const string Name = "connection-limiter";

    private readonly Dictionary<long, string[]> _slots = [];
    private readonly UseCounts<string> _taken = new();
    private readonly SharedSlots? _shared;
    private int _limit;
    private long _lastId;
    private string? _closed;

    /// <summary>A limiter with no slot taken.</summary>
    /// <param name="limit">Connections at once; at least 1.</param>
    /// <param name="shared">What this server may have of the cap of all servers on a log; null when it shares none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public ConnectionLimiter(int limit, SharedSlots? shared = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        (_limit, _shared) = (limit, shared);
    }

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AcquireSlot acquire:
                Sender.Tell(Acquire(acquire), ActorRefs.NoSender);
                break;
            case ReleaseSlot release:
                Release(release.ConnectionId);
                break;
            case GetSlotUsage:
                Sender.Tell(new SlotUsage(_slots.Count, _limit), ActorRefs.NoSender);
                break;
            case GetLimiterState get:
                Sender.Tell(new LimiterState(_slots.Count, _limit, _closed, LargestShares(get.Owners)), ActorRefs.NoSender);
                break;
            case LowerLimit lower:
                _limit = Math.Min(_limit, lower.Limit);
                break;
            case StopAdmitting stop:
                _closed = stop.Why;
                break;
            case AdmitAgain:
                _closed = null;
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private SlotReply Acquire(AcquireSlot acquire)
    {
        if ((UsedUp(acquire.Key) ?? UsedUp(acquire.Address)) is { } refused)
        {
            return refused;
        }

        if (_closed is not null || _slots.Count >= _limit)
        {
            return new SlotRefused(_limit, _closed);
        }

        if (_shared is not null && !(acquire.PeekOnly ? _shared.HasRoom : _shared.TryTake()))
        {
            return new SlotRefused(_shared.Cap, Closed: null);
        }

        if (acquire.PeekOnly)
        {
            return new SlotGranted(0);
        }

        string[] owners = [.. new[] { acquire.Key, acquire.Address }.OfType<SlotShare>().Select(share => share.Owner)];
        Array.ForEach(owners, _taken.Take);
        _slots.Add(++_lastId, owners);
        return new SlotGranted(_lastId);
    }

    private ShareRefused? UsedUp(SlotShare? share) =>
        share is not null && _taken.Of(share.Owner) is var open && open >= share.Limit ? new ShareRefused(share, open) : null;

    private IReadOnlyList<ShareUsage> LargestShares(int count) =>
        [.. _taken.Most(count).Select(share => new ShareUsage(share.Key, share.Value))];

    private void Release(long id)
    {
        if (_slots.Remove(id, out var owners))
        {
            Array.ForEach(owners, _taken.GiveBack);
            _shared?.GiveBack();
        }
    }
}

/// <summary>Wiring of the <see cref="ConnectionLimiter"/>.</summary>
public static class ConnectionLimiterSetup
{
    /// <summary>Starts the limiter at <c>/user/connection-limiter</c>.</summary>
    /// <param name="builder">The actor system's builder.</param>
    /// <param name="limit">Connections at once over both channels.</param>
    /// <param name="shared">What this server may have of the cap of all servers on a log; null when it shares none.</param>
    public static AkkaConfigurationBuilder WithConnectionLimiter(this AkkaConfigurationBuilder builder, int limit, SharedSlots? shared) =>
        builder.WithActors((system, registry) => registry.Register<ConnectionLimiter>(
            system.ActorOf(Props.Create(() => new ConnectionLimiter(limit, shared)), ConnectionLimiter.Name)));
}
