using Akka.Actor;
using PushNet.Actors.Games;

namespace PushNet.Actors.Journal;

/// <summary>Opens a journal for one board to be read or written, and leaves a last snapshot, as a stop does.</summary>
internal sealed class BoardCopyActor : UntypedActor
{
    private readonly TaskCompletionSource<BoardCopy> _done;
    private readonly JournalSettings _settings;
    private BoardImage? _image;

    /// <summary>Reads a board, or writes one.</summary>
    /// <param name="done">Gets the board, or an <see cref="IOException"/> when the journal can't be read or written.</param>
    /// <param name="settings">How the board is kept.</param>
    /// <param name="image">What to write; null to read.</param>
    public BoardCopyActor(TaskCompletionSource<BoardCopy> done, JournalSettings settings, BoardImage? image) =>
        (_done, _settings, _image) = (done, settings, image);

    /// <inheritdoc />
    protected override void PreStart() => Context.ActorOf(BoardJournalActor.Props(Self, _settings), "journal");

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case JournalRecovered recovered:
                _image ??= recovered.Image;
                recovered.Writer.Tell(new SaveImage(_image with { IsFinal = true }));
                break;
            case ImageSaved { Failure: null }:
                _done.TrySetResult(new BoardCopy(_image!));
                break;
            case ImageSaved { Failure: { } cause }:
                Fail(cause);
                break;
            case JournalFailed { Cause: var cause }:
                Fail(cause);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Fail(Exception cause) =>
        _done.TrySetException(new IOException($"the files of the board can't be read and written: {cause.Message}", cause));
}
