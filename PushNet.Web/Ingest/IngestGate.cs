using PushNet.Actors.Admission;
using PushNet.Web.Security.Keys;
using PushNet.Web.Settings;

namespace PushNet.Web.Ingest;

/// <summary>
/// Knows the ingest bodies that are being read, so that there are not too many, and so that a stopping server and a revoked key can end
/// them with their summaries.
/// </summary>
internal sealed class IngestGate(IngestOptions options) : IKeyHolders
{
    private readonly Lock _gate = new();
    private readonly OpenShares _shares = new();
    private readonly SlotShare _ofAll = new("", options.MaxBodies);
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<IngestBody> _open = [];
    private bool _closing;

    IEnumerable<IKeyHolder> IKeyHolders.Holders => Bodies;

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

    /// <summary>Lets a body in; null when the server is stopping, or reads too many. Dispose it at its end.</summary>
    /// <param name="secret">What let it in.</param>
    /// <param name="abort">Ends its connection.</param>
    /// <param name="refused">The share of the key, or of all keys together, that is used up; null when the server is stopping.</param>
    public IngestBody? TryEnter(HashedSecret secret, Action abort, out ShareRefused? refused)
    {
        lock (_gate)
        {
            refused = _closing ? null : _shares.TryTake(SharesOf(secret));
            if (_closing || refused is not null)
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
            if (!_open.Remove(body))
            {
                return;
            }

            _shares.GiveBack(SharesOf(body.Secret));
            if (_open.Count == 0 && _closing)
            {
                _empty.TrySetResult();
            }
        }
    }

    /// <summary>True for the share of all keys together.</summary>
    public bool IsOfAll(SlotShare share) => share == _ofAll;

    private SlotShare[] SharesOf(HashedSecret secret) =>
        options.MaxBodiesPerKey is var most and > 0 ? [new SlotShare(secret.Key.Id, most), _ofAll] : [_ofAll];

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
            // For instance, a sender doesn't read its acknowledgements.
            foreach (var body in Bodies)
            {
                body.Abort();
            }
        }
    }
}
