using PushNet.Web.Security;
using PushNet.Web.Security.Keys;

namespace PushNet.Web.Ingest;

/// <summary>
/// A body that is being read, for those who may end it early: a server that stops, a key that is no longer good, and bytes that make no
/// sense.
/// </summary>
internal sealed class IngestBody(IngestGate gate, HashedSecret secret, Action abort) : IKeyHolder, IDisposable
{
    private readonly CancellationTokenSource _mustEnd = new();
    private readonly Lock _ending = new();
    private Action? _abort = abort;

    public HashedSecret Secret => secret;

    public string Scope => KeyScope.Ingest;

    /// <summary>Canceled when the body must end.</summary>
    public CancellationToken MustEnd => _mustEnd.Token;

    /// <summary>Why the body was ended early; null when it was not.</summary>
    public IngestFault? Fault { get; private set; }

    /// <summary>Ends the body behind its last whole line. What follows from that does not run on the caller's thread.</summary>
    public void End() => _ = _mustEnd.CancelAsync();

    public void EndWithKey(string reason)
    {
        Fault = new IngestFault(StatusCodes.Status401Unauthorized, reason);
        End();
    }

    /// <summary>The bytes can't be read any further.</summary>
    public void Break(string reason) => Fault = new IngestFault(StatusCodes.Status400BadRequest, reason);

    public void Abort()
    {
        lock (_ending)
        {
            _abort?.Invoke();
        }
    }

    /// <summary>The request is over: its context belongs to somebody else from now on.</summary>
    public void Dispose()
    {
        lock (_ending)
        {
            _abort = null;
        }

        gate.Leave(this);
    }
}

/// <summary>Why a body was ended early.</summary>
/// <param name="Status">The HTTP status that says so.</param>
/// <param name="Error">The reason, as a sentence.</param>
internal sealed record IngestFault(int Status, string Error);
