using PushNet.Actors.Clock;

namespace PushNet.Web.Security.Keys;

/// <summary>Notices, by time and length, that a file was changed, removed or replaced.</summary>
internal sealed class FileChanges(string path, TimeProvider time)
{
    /// <summary>
    /// A change that follows another within the resolution of the file system's clock may leave the same stamp, so a new stamp is not
    /// trusted.
    /// </summary>
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(2);

    private (DateTime WrittenAt, long Length) _seen = StampOf(path);
    private Moment _seenAt = Moment.Now(time);
    private bool _wasYoung = File.Exists(path);

    /// <summary>True when the file may differ from what it was at the last look.</summary>
    public bool Look()
    {
        var stamp = StampOf(path);
        var now = Moment.Now(time);
        var changed = stamp != _seen || _wasYoung;
        _seenAt = stamp != _seen ? now : _seenAt;
        (_seen, _wasYoung) = (stamp, stamp.Length >= 0 && now - _seenAt < Young);
        return changed;
    }

    /// <summary>Makes the next look report a change, because what was there could not be read.</summary>
    public void Forget() => _wasYoung = true;

    private static (DateTime WrittenAt, long Length) StampOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : (default, -1);
    }
}
