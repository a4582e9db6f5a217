using System.Globalization;
using PushNet.Actors.Clock;

namespace PushNet.Actors.Feed.Recording;

/// <summary>A file of observations that grows up to a size. Only its owner may read it. Each start of the server makes a new one.</summary>
public sealed class RecordFile : IDisposable
{
    private readonly FileStream _file;
    private readonly long _maxBytes;
    private bool _isDisposed;

    private RecordFile(FileStream file, Moment start, long maxBytes) => (_file, Start, _maxBytes) = (file, start, maxBytes);

    /// <summary>Its full path.</summary>
    public string FullPath => _file.Name;

    /// <summary>The moment from which its times count.</summary>
    public Moment Start { get; }

    /// <summary>
    /// Makes a new file, beside those of earlier starts: <c>match.ndjson</c> becomes <c>match-20261124T193000Z.ndjson</c>, or,
    /// when that is there, <c>match-20261124T193000Z-2.ndjson</c>.
    /// </summary>
    /// <param name="path">The path from which that of the file is made.</param>
    /// <param name="start">The moment from which its times count.</param>
    /// <param name="maxBytes">The most bytes that it may hold.</param>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static RecordFile Create(string path, Moment start, long maxBytes)
    {
        var begin = start.WallClock.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var name = $"{Path.ChangeExtension(path, null)}-{begin}";
        var (number, extension) = (1, Path.GetExtension(path));
        while (true)
        {
            var file = number == 1 ? name + extension : $"{name}-{number}{extension}";
            try
            {
                return new RecordFile(new FileStream(file, ForTheOwnerAlone()), start, maxBytes);
            }
            catch (IOException) when (File.Exists(file))
            {
                number++;
            }
        }
    }

    /// <summary>True when this many more bytes fit.</summary>
    public bool Holds(long bytes) => _file.Length + bytes <= _maxBytes;

    /// <summary>Adds whole lines.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    public void Write(ReadOnlySpan<byte> lines) => _file.Write(lines);

    /// <summary>Closes it. A file in which nothing was written is removed: a start that fails leaves none behind.</summary>
    public void Dispose()
    {
        // By the recorder and by the host, maybe at once.
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        if (_file.Length == 0)
        {
            File.Delete(FullPath);
        }

        _file.Dispose();
    }

    private static FileStreamOptions ForTheOwnerAlone()
    {
        // There is no buffer, so what was written is with the system, whatever becomes of the server.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
