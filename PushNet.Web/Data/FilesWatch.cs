using PushNet.Web.Http;

namespace PushNet.Web.Data;

/// <summary>
/// Once a second, says when the files of the board are not where they were, notes the number of the last commit, and sees when
/// losses are accepted.
/// </summary>
internal sealed partial class FilesWatch(BoardFiles files, BoardHold hold, BoardLosses losses, TimeProvider time, ILogger<FilesWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private string? _fault;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (files.Fault is { } fault)
        {
            LogNotKept(log, hold.Directory, fault);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in Ticks.Every(Interval, time, stoppingToken))
        {
            LookAtPlace();
            files.NoteCommit();
            if (losses.Sentences.Count > 0 && files.IsAccepted)
            {
                losses.Accept();
                LogAccepted(log, hold.Directory);
            }
        }
    }

    private void LookAtPlace()
    {
        var fault = files.Fault;
        if (fault == _fault)
        {
            return;
        }

        _fault = fault;
        if (fault is not null)
        {
            LogFault(log, hold.Directory, fault);
        }
        else
        {
            LogBack(log, hold.Directory);
        }
    }

    [LoggerMessage(1, LogLevel.Critical, "In {Directory}: {Fault}")]
    private static partial void LogFault(ILogger log, string? directory, string fault);

    [LoggerMessage(2, LogLevel.Information, "In {Directory}: the files of the board are back")]
    private static partial void LogBack(ILogger log, string? directory);

    [LoggerMessage(3, LogLevel.Information, "In {Directory}: what was missing from the board is accepted")]
    private static partial void LogAccepted(ILogger log, string? directory);

    [LoggerMessage(4, LogLevel.Critical, "This server stops and {Directory} does not hold its board: {Fault}")]
    private static partial void LogNotKept(ILogger log, string? directory, string fault);
}
