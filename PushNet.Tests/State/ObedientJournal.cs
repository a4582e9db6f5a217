using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace PushNet.Tests.State;

/// <summary>A journal in memory that waits or fails when a test says so.</summary>
public sealed class ObedientJournal : MemoryJournal
{
    /// <summary>Makes it the journal of an actor system.</summary>
    public const string Configuration = """
        akka.persistence {
          journal.plugin = "obedient"
          snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        }
        obedient { class = "PushNet.Tests.State.ObedientJournal, PushNet.Tests" }
        """;

    private TaskCompletionSource? _hold;
    private bool _fails;
    private int _writes;

    /// <summary>What tests tell it.</summary>
    public enum Order
    {
        Hold,
        Release,
        Fail,
        Heal,
        CountWrites,
    }

    protected override bool ReceivePluginInternal(object message)
    {
        switch (message)
        {
            case Order.Hold:
                _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                break;
            case Order.Release:
                _hold?.TrySetResult();
                _hold = null;
                break;
            case Order.Fail or Order.Heal:
                _fails = message is Order.Fail;
                break;
            case Order.CountWrites:
                break;
            default:
                return base.ReceivePluginInternal(message);
        }

        Sender.Tell(_writes);
        return true;
    }

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        if (_fails)
        {
            throw new IOException("no space left on device");
        }

        _writes++;
        if (_hold is { } hold)
        {
            await hold.Task;
        }

        return await base.WriteMessagesAsync(messages, cancellationToken);
    }
}
