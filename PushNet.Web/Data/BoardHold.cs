namespace PushNet.Web.Data;

/// <summary>What this process has open as long as the host lives: the files of the board and the lock on their directory.</summary>
internal sealed class BoardHold(BoardStore? store, DirectoryLock? directory) : IDisposable
{
    public void Dispose()
    {
        store?.Dispose();
        directory?.Dispose();
    }
}
