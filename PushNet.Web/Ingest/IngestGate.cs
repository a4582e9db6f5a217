namespace PushNet.Web.Ingest;

/// <summary>Counts the ingest bodies that are being read, so that a stopping server can end them with their summaries.</summary>
internal sealed class IngestGate : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;

    /// <summary>Cancelled when bodies must end.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>Lets a body in; false when the server is stopping. Who was let in owes one <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_closing.IsCancellationRequested)
            {
                return false;
            }

            _open++;
            return true;
        }
    }

    /// <summary>A body has ended.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_open == 0 && _closing.IsCancellationRequested)
            {
                _empty.TrySetResult();
            }
        }
    }

    /// <summary>Lets nobody in any more and waits until all bodies have ended.</summary>
    public async Task CloseAsync(TimeSpan longest)
    {
        lock (_gate)
        {
            _closing.Cancel();
            if (_open == 0)
            {
                _empty.TrySetResult();
            }
        }

        try
        {
            await _empty.Task.WaitAsync(longest);
        }
        catch (TimeoutException)
        {
            // The stop goes on without those who don't end.
        }
    }

    public void Dispose() => _closing.Dispose();
}
