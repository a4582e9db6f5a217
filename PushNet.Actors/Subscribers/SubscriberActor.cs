using Akka.Actor;
using PushNet.Actors.Clock;
using PushNet.Actors.State;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Subscribers;

/// <summary>
/// One client. It takes what its <see cref="DropHeadMailbox"/> gives and writes that to the socket, synchronously where it can. It is
/// suspended only when the socket doesn't take everything at once; meanwhile the mailbox fills and drops. It also owns the healing of
/// this client after a loss.
/// </summary>
public sealed class SubscriberActor : UntypedActor
{
    private readonly ISubscriberSocket _socket;
    private readonly Subscription _subscription;
    private readonly TimeProvider _time;
    private readonly StreamStep? _step;
    private Healing? _healing;
    private ICancelable? _healDue;
    private FanOutProgress? _outstanding;

    internal SubscriberActor(ISubscriberSocket socket, Subscription subscription, TimeProvider time)
    {
        (_socket, _subscription, _time) = (socket, subscription, time);
        _step = socket.SharesCompression ? new StreamStep() : null;
    }

    private Healing Healing => _healing ??= new Healing(_subscription.Group.HasPrices);

    private Moment Now => Moment.Now(_time);

    /// <summary>For a child of the channel's publisher, which is asked for healing snapshots.</summary>
    public static Props Props(ISubscriberSocket socket, Subscription subscription, TimeProvider time) =>
        Akka.Actor.Props.CreateBy(new SubscriberProducer(socket, subscription, time)).WithMailbox(DropHeadMailbox.Id)
            .WithDispatcher(CallerDispatcher.Id);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        try
        {
            Handle(message);
        }
        catch (Exception e) when (ConnectionLoss.Is(e))
        {
            End();
        }
        catch
        {
            _socket.Abort();
            throw;
        }
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        ReleaseOutstanding();
        _healDue?.Cancel();
        _socket.Close(CloseCodes.ServiceRestart, "the server lost this subscription");
    }

    // A lambda in here would cost an object for every subscriber and batch, whether it is reached or not.
    private void Handle(object message)
    {
        switch (message)
        {
            case FrameBatch batch:
                Write(batch);
                break;
            case LateBatch late:
                Then(_socket.WriteAsync(FormOf(late.Batch)), then: null);
                break;
            case EventRun run:
                Write(FrameBatch.JoinFrames([.. run.Events]));
                break;
            case Lagged lagged:
                WriteLagged(new FrameEncoder().Lagged(lagged.Dropped, Now.Ts), lagged.Dropped);
                break;
            case GroupLagged lagged:
                WriteLagged(lagged.Frame, lagged.Dropped);
                break;
            case FeedNotice notice:
                Write(notice.Frame);
                break;
            case HealingSnapshot snapshot:
                Write(snapshot);
                break;
            case Hello hello:
                _step?.StandAlone();
                Write(hello);
                break;
            case CatchUp since:
                _step?.Entered(since);
                Write(since.Frames);
                break;
            case Reply reply:
                Write(reply, Sender);
                break;
            case Goodbye goodbye:
                Write(goodbye);
                break;
            case HealDue or BoardReset:
                AskForHealing();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Write(FrameBatch batch)
    {
        // The fan-out, which tells this subscriber on its own thread, sends the round when it has told the others.
        var form = FormOf(batch);
        if (WriteRound.Current is { } round && _socket.TryPut(form, round))
        {
            return;
        }

        // Before the write: when it throws, PostStop releases.
        _outstanding = batch.Progress;
        var write = _socket.WriteAsync(form);
        if (write.IsCompletedSuccessfully)
        {
            ReleaseOutstanding();
            return;
        }

        Await(write, ReleaseOutstanding);
    }

    private FrameBlock FormOf(FrameBatch batch) => _step is null ? batch : _step.Next(batch);

    private void WriteLagged(ReadOnlyMemory<byte> frame, DropCounts dropped) => Write(frame, () => AskIn(Healing.Lost(dropped, Now)));

    private void Write(HealingSnapshot snapshot)
    {
        var begun = Now;
        Then(Write(snapshot.Hold), () => AskIn(Healing.Healed(snapshot.Place, begun, Now)));
    }

    // A snapshot that won't be written any more, for whatever reason, must not count as held.
    private async ValueTask Write(SnapshotHold snapshot, ReadOnlyMemory<byte> before = default)
    {
        using (snapshot)
        {
            if (!before.IsEmpty)
            {
                await _socket.WriteAsync(before);
            }

            await _socket.WriteAsync(snapshot.Frame);
        }
    }

    private void Write(Reply reply, IActorRef asker) => Write(reply.Frame, () => asker.Tell(Written.Instance, ActorRefs.NoSender));

    private void Write(Goodbye goodbye) =>
        Write(goodbye.Reconnect, () => _socket.Close(CloseCodes.ServiceRestart, goodbye.Reason));

    private void Write(Hello hello)
    {
        var begun = Now;
        Then(Write(hello.Snapshot, hello.Welcome), Welcomed);

        void Welcomed()
        {
            if (_subscription.Group.HasOwnSnapshots)
            {
                Healing.Written(begun, Now);
            }

            hello.ReplyTo.Tell(new Joined(Self), ActorRefs.NoSender);
        }
    }

    private void Write(ReadOnlyMemory<byte> frames, Action? then = null) => Then(_socket.WriteAsync(frames), then);

    private void Then(ValueTask write, Action? then)
    {
        if (write.IsCompletedSuccessfully)
        {
            then?.Invoke();
            return;
        }

        Await(write, then);
    }

    private void Await(ValueTask write, Action? then) => RunTask(() => Finish(write, then));

    private async Task Finish(ValueTask write, Action? then)
    {
        try
        {
            await write;
        }
        catch (Exception e) when (ConnectionLoss.Is(e))
        {
            End();
            return;
        }
        catch
        {
            _socket.Abort();
            throw;
        }

        then?.Invoke();
    }

    private void End()
    {
        _socket.Abort();
        Context.Stop(Self);
    }

    private void ReleaseOutstanding()
    {
        _outstanding?.Release();
        _outstanding = null;
    }

    private void AskIn(TimeSpan? wait)
    {
        if (wait == TimeSpan.Zero)
        {
            AskForHealing();
        }
        else if (wait is { } later)
        {
            _healDue = Context.System.Scheduler.ScheduleTellOnceCancelable(later, Self, HealDue.Instance, ActorRefs.NoSender);
        }
    }

    private void AskForHealing() => Context.Parent.Tell(new RequestHealing(Self, _socket, _subscription), ActorRefs.NoSender);

    private sealed record HealDue
    {
        public static readonly HealDue Instance = new();
    }
}
