using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using PushNet.Web.Sockets.Accepting;

namespace PushNet.Web.Sockets;

/// <summary>
/// Lets a conversation outlive the request that began it. What ASP.NET Core and Kestrel hold for a request (its contexts,
/// headers, features and scope) would stay for as long as a client is connected, and is more than all else that a quiet
/// connection needs. With this, the request ends right behind the head of its answer, and the conversation goes on with the bare
/// connection.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="input">Its input.</param>
/// <param name="output">Its output.</param>
/// <param name="isStalled">True when the peer has taken nothing of the output for too long.</param>
internal sealed class ConnectionTakeover(
    ConnectionContext connection, PipeReader input, SocketOutput output, Func<SocketOutput, bool> isStalled)
    : IConnectionHeartbeatFeature, IConnectionEnd
{
    private readonly IConnectionHeartbeatFeature? _heartbeat = connection.Features.Get<IConnectionHeartbeatFeature>();
    private volatile Action? _tick;
    private Func<Task>? _conversation;

    /// <summary>What HTTP is given to read and write; both stay open when HTTP is done with a connection that was taken over.</summary>
    public IDuplexPipe Transport => new Duplex(new HttpInput(input, this), output);

    /// <summary>Reads what comes behind the request.</summary>
    public Stream Stream => input.AsStream(leaveOpen: true);

    /// <summary>Sends bytes past the buffer of the output: see <see cref="SocketOutput.SendAsync"/>.</summary>
    public Func<ReadOnlyMemory<byte>, ValueTask> Send => output.SendAsync;

    /// <summary>Canceled when the connection is gone.</summary>
    public CancellationToken Closed => connection.ConnectionClosed;

    private bool IsTaken => _conversation is not null;

    public void Abort() => connection.Abort();

    public void StopReading() => input.CancelPendingRead();

    /// <summary>
    /// Takes the connection over. Call it within the request, behind the head of its answer, which must be 101 or say that the connection
    /// closes. The request must end then.
    /// </summary>
    /// <param name="conversation">
    /// Always begins, as soon as the request has ended. The connection is closed behind it. It must not hold on to the request.
    /// </param>
    public void TakeOver(Func<Task> conversation)
    {
        output.KeepOpen();
        connection.Features.Get<AcceptedConnection>()?.Begin();
        _conversation = conversation;
    }

    /// <summary>Throws away what the client says, until it has ended its side or <see cref="StopReading"/> was called.</summary>
    public async Task DiscardInput()
    {
        ReadResult read;
        do
        {
            read = await input.ReadAsync();
            input.AdvanceTo(read.Buffer.End);
        }
        while (read is { IsCompleted: false, IsCanceled: false });
    }

    /// <summary>HTTP is done with the connection. Runs the conversation, if there is one.</summary>
    public Task RunAsync()
    {
        _tick = null;

        // Nobody else holds the conversation from now on, because what began it is not needed again.
        return Interlocked.Exchange(ref _conversation, null)?.Invoke() ?? Task.CompletedTask;
    }

    /// <summary>Kestrel holds on to its listener for as long as the connection lives, so this object listens instead of HTTP's.</summary>
    void IConnectionHeartbeatFeature.OnHeartbeat(Action<object> action, object state)
    {
        if (_tick is null)
        {
            _heartbeat?.OnHeartbeat(static takeover => ((ConnectionTakeover)takeover).Tick(), this);
        }

        _tick += () => action(state);
    }

    // A conversation has a watch of its own.
    private void Tick()
    {
        if (_tick is { } tick)
        {
            tick();
            if (isStalled(output))
            {
                connection.Abort();
            }
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class HttpInput(PipeReader input, ConnectionTakeover takeover) : PipeReader
    {
        public override bool TryRead(out ReadResult result) => input.TryRead(out result);

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
            input.ReadAsync(cancellationToken);

        public override void AdvanceTo(SequencePosition consumed) => input.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => input.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => input.CancelPendingRead();

        public override void Complete(Exception? exception = null)
        {
            if (!takeover.IsTaken)
            {
                input.Complete(exception);
            }
        }
    }
}
