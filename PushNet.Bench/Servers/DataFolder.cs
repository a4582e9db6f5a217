using System.Diagnostics;

namespace PushNet.Bench.Servers;

/// <summary>A data directory for one run, and how large its files became.</summary>
internal sealed class DataFolder : IStore
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    // From the making of the snapshot to the deletion of the last old entry behind it.
    private static readonly TimeSpan BeforeWrite = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterWrite = TimeSpan.FromSeconds(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pushnet-bench-");
    private readonly List<long> _snapshotWrites = [];
    private readonly ManualResetEvent _stopping = new(false);
    private readonly Thread _watch;

    public DataFolder()
    {
        _watch = new Thread(Watch) { IsBackground = true, Name = "data folder" };
        _watch.Start();
    }

    /// <inheritdoc />
    public (string Name, string Value) Setting => ("PushNet__Data__Directory", _folder.FullName);

    /// <inheritdoc />
    public CpuTime Cpu => default;

    /// <summary>The most bytes that the journal had.</summary>
    public long JournalPeak { get; private set; }

    /// <summary>The most bytes that its write-ahead log had.</summary>
    public long WalPeak { get; private set; }

    /// <summary>True when a snapshot was being taken, or old entries were being deleted behind one.</summary>
    /// <param name="timestamp">Of <see cref="Stopwatch"/>.</param>
    public bool IsAtSnapshot(long timestamp)
    {
        lock (_snapshotWrites)
        {
            return _snapshotWrites.Exists(
                write => Stopwatch.GetElapsedTime(write, timestamp) is var after && after > -BeforeWrite && after < AfterWrite);
        }
    }

    public void Dispose()
    {
        _stopping.Set();
        _watch.Join();
        _stopping.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Watch()
    {
        var written = DateTime.MinValue;
        while (!_stopping.WaitOne(Tick))
        {
            JournalPeak = Math.Max(JournalPeak, Length("journal.db"));
            WalPeak = Math.Max(WalPeak, Length("journal.db-wal"));
            var snapshots = File.GetLastWriteTimeUtc(Path.Combine(_folder.FullName, "snapshots.db-wal"));
            if (snapshots > written)
            {
                written = snapshots;
                lock (_snapshotWrites)
                {
                    _snapshotWrites.Add(Stopwatch.GetTimestamp());
                }
            }
        }
    }

    private long Length(string file) => new FileInfo(Path.Combine(_folder.FullName, file)) is { Exists: true } info ? info.Length : 0;
}
