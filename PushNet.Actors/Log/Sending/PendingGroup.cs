using Akka.Actor;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.State;

namespace PushNet.Actors.Log.Sending;

/// <summary>
/// A group of lines on its way through the log, in one entry or in several. Its sender gets one receipt for all of it. Lines that are no
/// observations never come to the log.
/// </summary>
/// <param name="sender">Who sent the group.</param>
/// <param name="lines">The group.</param>
internal sealed class PendingGroup(IActorRef sender, ObserveLines lines)
{
    private readonly List<LineError> _errors = [];
    private readonly List<LineError> _early = [];
    private readonly List<LineWarning> _warnings = [];
    private ObservationCounts _counts;
    private int _left;

    /// <summary>The group.</summary>
    public ObserveLines Lines => lines;

    /// <summary>Who sent the group.</summary>
    public IActorRef Sender => sender;

    /// <summary>True when the sender was told.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The entries to be sent, in order. When there is nothing to be sent, the sender is told at once.</summary>
    public IReadOnlyList<(LogTicket Ticket, LogEntry Entry)> Split()
    {
        var taken = new List<(long Number, LogLine Line)>(lines.Lines.Count);
        foreach (var line in lines.Lines)
        {
            var written = default(LogLine);
            if ((line.Error ?? LogLines.TryWrite(line.Observation!, out written)) is { } error)
            {
                _counts = _counts.Plus(Verdict.Rejected);
                _errors.Add(new LineError(line.Number, ControlCharacters.Replace(error)));
            }
            else
            {
                taken.Add((line.Number, written));
            }
        }

        var entries = LogLines.Cut(taken, line => line.Line.Utf8.Length).Select(part => (
            (LogTicket)new LinesTicket(this, [.. part.Select(line => line.Number)]),
            (LogEntry)new LinesEntry(0, 0, lines.Source, [.. part.Select(line => line.Line)]))).ToList();
        _left = entries.Count;
        TellWhenDone();
        return entries;
    }

    /// <summary>An entry was applied.</summary>
    /// <param name="part">What became of it, its lines numbered from 1.</param>
    /// <param name="numbers">Their numbers in their source.</param>
    public void Add(LinesReceipt part, IReadOnlyList<long> numbers)
    {
        _counts += part.Counts;
        _errors.AddRange(part.Errors.Select(InSource));
        _early.AddRange(part.Early.Select(InSource));
        _warnings.AddRange(part.Warnings.Select(warning => warning with { Line = numbers[(int)warning.Line - 1] }));
        _left--;
        TellWhenDone();

        LineError InSource(LineError error) => error with { Line = numbers[(int)error.Line - 1] };
    }

    /// <summary>What becomes of the group is not known.</summary>
    public void Fail(string why)
    {
        if (!IsOver)
        {
            IsOver = true;
            sender.Tell(new Status.Failure(new BoardUnavailableException(why)), ActorRefs.NoSender);
        }
    }

    /// <summary>The group is sent again as another one.</summary>
    public void Leave() => IsOver = true;

    private void TellWhenDone()
    {
        if (_left > 0 || IsOver)
        {
            return;
        }

        IsOver = true;
        sender.Tell(
            new LinesReceipt(lines.Lines[^1].Number, _counts, [.. _errors.OrderBy(error => error.Line)])
            {
                Early = _early,
                Warnings = _warnings,
            },
            ActorRefs.NoSender);
    }
}
