using PushNet.Web.Security.Keys;

namespace PushNet.Web.Ingest;

/// <summary>Knows the ingest bodies that are being read, so that a stopping server and a revoked key can end them with their summaries.</summary>
internal sealed class IngestGate
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<IngestBody> _open = [];
    private bool _closing;

    /// <summary>The bodies that are open now.</summary>
    public IReadOnlyCollection<IngestBody> Bodies
    {
        get
        {
            lock (_gate)
            {
                return _open.Count == 0 ? [] : [.. _open];
            }
        }
    }

    /// <summary>Lets a body in; null when the server is stopping. Dispose it at its end.</summary>
    /// <param name="secret">What let it in.</param>
    /// <param name="abort">Ends its connection.</param>
    public IngestBody? TryEnter(KeySecret secret, Action abort)
    {
        lock (_gate)
        {
            if (_closing)
            {
                return null;
            }

            var body = new IngestBody(this, secret, abort);
            _open.Add(body);
            return body;
        }
    }

    /// <summary>A body has ended.</summary>
    public void Leave(IngestBody body)
    {
        lock (_gate)
        {
            if (_open.Remove(body) && _open.Count == 0 && _closing)
            {
                _empty.TrySetResult();
            }
        }
    }

    /// <summary>Lets nobody in any more and waits until all bodies have ended.</summary>
    /// <param name="longest">After this time the connections of those that have not are aborted.</param>
    public async Task CloseAsync(TimeSpan longest)
    {
        lock (_gate)
        {
            _closing = true;
            if (_open.Count == 0)
            {
                _empty.TrySetResult();
            }
        }

        foreach (var body in Bodies)
        {
            body.End();
        }

        try
        {
            await _empty.Task.WaitAsync(longest);
        }
        catch (TimeoutException)
        {
            // A sender that doesn't read its acknowledgements, for instance.
            foreach (var body in Bodies)
            {
                body.Abort();
            }
        }
    }
}
