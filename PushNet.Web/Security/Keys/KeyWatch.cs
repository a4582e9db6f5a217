using PushNet.Actors.Clock;
using PushNet.Web.Http;

namespace PushNet.Web.Security.Keys;

/// <summary>Keeps the ring in line with the file, ends what revoked keys hold open, and notes in the file when keys were used.</summary>
internal sealed partial class KeyWatch(
    ApiKeyRing keys, IEnumerable<IKeyHolders> open, TimeProvider time, ILogger<KeyWatch> log, KeyFile? file = null) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    // Looking at 20,000 connections costs about 20 ms of CPU. One that a key let in while it was being revoked is found by the next look.
    private const int TicksPerLook = 2;

    private readonly FileChanges? _changes = file is null ? null : new FileChanges(file.FullPath, time);
    private readonly UseNotes _notes = new();
    private readonly Revocation _revocation = new(keys, time);
    private string? _fault;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ticks = 0;
        await foreach (var _ in Ticks.Every(Tick, time, stoppingToken))
        {
            var haveChanged = false;
            Try(() => haveChanged = Refresh());
            if (haveChanged || ++ticks % TicksPerLook == 0)
            {
                _revocation.Enforce(open.SelectMany(kind => kind.Holders));
            }

            Try(() => Note(_notes.Due));
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Try(() => Note(_notes.All));
    }

    private bool Refresh()
    {
        if (_changes?.Look() != true)
        {
            return false;
        }

        try
        {
            keys.Load();
            _fault = null;
            return true;
        }
        catch (KeyFileException)
        {
            _changes.Forget();
            throw;
        }
    }

    // Nothing is written to a file that can't be used: whoever puts a copy of it back would find pages of the bad one in it.
    private void Note(Func<IEnumerable<KeyValuePair<long, Moment>>, Moment, IReadOnlyList<KeyValuePair<long, Moment>>> take)
    {
        if (file is not null && keys.FileFault is null && File.Exists(file.FullPath)
            && take(keys.Uses, Moment.Now(time)) is { Count: > 0 } uses)
        {
            file.Note(uses);
        }
    }

    // A file that went bad under a running server locks nobody out: the keys stay as they were, and the log says what to do.
    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (KeyFileException e) when (e.Message == _fault)
        {
        }
        catch (KeyFileException e)
        {
            _fault = e.Message;
            LogFault(log, e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The keys stay as they were: {Fault}")]
    private static partial void LogFault(ILogger log, string fault);
}
