using PushNet.Actors.Clock;
using PushNet.Web.Http;

namespace PushNet.Web.Security.Keys;

/// <summary>Keeps the ring in line with the stored keys, ends what revoked keys hold open, and notes when keys were used.</summary>
internal sealed partial class KeyWatch(
    ApiKeyRing keys, IEnumerable<IKeyHolders> open, TimeProvider time, ILogger<KeyWatch> log, IKeyStore? store = null) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    // Looking at 20,000 connections costs about 20 ms of CPU. One that a key let in while it was being revoked is found by the next look.
    private const int TicksPerLook = 2;

    private readonly UseNotes _notes = new();
    private readonly Revocation _revocation = new(keys, time);
    private string? _fault;

    // Nobody is let in before: Kestrel starts behind this.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await keys.LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ticks = 0;
        await foreach (var _ in Ticks.Every(Tick, time, stoppingToken))
        {
            var haveChanged = false;
            await TryAsync(async () => haveChanged = await RefreshAsync(stoppingToken));
            if (haveChanged || ++ticks % TicksPerLook == 0)
            {
                _revocation.Enforce(open.SelectMany(kind => kind.Holders));
            }

            await TryAsync(() => NoteAsync(_notes.Due, stoppingToken));
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(() => NoteAsync(_notes.All, cancellationToken));
    }

    private async Task<bool> RefreshAsync(CancellationToken cancellation)
    {
        if (store is null || !await store.HasChangedAsync(cancellation))
        {
            return false;
        }

        await keys.LoadAsync(cancellation);
        _fault = null;
        return true;
    }

    // Nothing is written to a file that can't be used: whoever puts a copy of it back would find pages of the bad one in it.
    private async Task NoteAsync(
        Func<IEnumerable<KeyValuePair<string, Moment>>, Moment, IReadOnlyList<KeyValuePair<string, Moment>>> take,
        CancellationToken cancellation)
    {
        if (store is not null && keys.StoreFault is null && take(keys.Uses, Moment.Now(time)) is { Count: > 0 } uses)
        {
            await store.NoteAsync(uses, cancellation);
        }
    }

    // A store that went bad under a running server locks nobody out: the keys stay as they were, and the log says what to do.
    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
        catch (KeyStoreException e) when (e.Message == _fault)
        {
        }
        catch (KeyStoreException e)
        {
            _fault = e.Message;
            LogFault(log, e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The keys stay as they were: {Fault}")]
    private static partial void LogFault(ILogger log, string fault);
}
