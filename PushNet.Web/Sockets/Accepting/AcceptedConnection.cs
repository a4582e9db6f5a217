using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace PushNet.Web.Sockets.Accepting;

/// <summary>A connection that has a place of <see cref="AcceptLimit"/>, which knows from it whether a request is under way.</summary>
internal sealed class AcceptedConnection : ConnectionContext
{
    private readonly ConnectionContext _inner;
    private readonly AcceptLimit _limit;
    private bool _isEvicted;

    /// <summary>Wraps a connection.</summary>
    /// <param name="inner">The connection.</param>
    /// <param name="limit">Where a place was taken for it.</param>
    public AcceptedConnection(ConnectionContext inner, AcceptLimit limit)
    {
        (_inner, _limit) = (inner, limit);
        inner.Features.Set(this);
        limit.Add(this);
    }

    public override string ConnectionId
    {
        get => _inner.ConnectionId;
        set => _inner.ConnectionId = value;
    }

    public override IFeatureCollection Features => _inner.Features;

    public override IDictionary<object, object?> Items
    {
        get => _inner.Items;
        set => _inner.Items = value;
    }

    public override IDuplexPipe Transport
    {
        get => _inner.Transport;
        set => _inner.Transport = value;
    }

    public override EndPoint? LocalEndPoint
    {
        get => _inner.LocalEndPoint;
        set => _inner.LocalEndPoint = value;
    }

    public override EndPoint? RemoteEndPoint
    {
        get => _inner.RemoteEndPoint;
        set => _inner.RemoteEndPoint = value;
    }

    public override CancellationToken ConnectionClosed
    {
        get => _inner.ConnectionClosed;
        set => _inner.ConnectionClosed = value;
    }

    /// <summary>
    /// Its entry among those without a request; null while it has one. The lock of <see cref="AcceptLimit"/> guards it and the two below.
    /// </summary>
    internal LinkedListNode<AcceptedConnection>? Node { get; set; }

    /// <summary>The timestamp since which it has had no request.</summary>
    internal long Since { get; set; }

    /// <summary>Requests under way; over HTTP/2 there may be several.</summary>
    internal int Requests { get; set; }

    /// <summary>Notes when requests begin and end. Must stand in front of everything that answers.</summary>
    public static void Note(IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var connection = context.Features.Get<AcceptedConnection>();
        connection?.Begin();
        try
        {
            await next(context);
        }
        finally
        {
            connection?.End();
        }
    });

    /// <summary>A request begins. One that becomes a conversation, and outlives itself, begins twice and ends once.</summary>
    public void Begin() => _limit.Begin(this);

    /// <summary>A request has ended.</summary>
    public void End() => _limit.End(this);

    /// <summary>
    /// Closes the connection so that its place is free. The first call closes it as HTTP does between two requests. In the middle of
    /// headers or of a TLS handshake that does not close it, so the second call aborts it. Aborting is not the first choice, because its
    /// exceptions cost more CPU.
    /// </summary>
    /// <returns>True the first time.</returns>
    public bool Evict()
    {
        if (_isEvicted)
        {
            Abort(new ConnectionAbortedException("another connection needed its place"));
            return false;
        }

        _isEvicted = true;
        Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        return true;
    }

    public override void Abort(ConnectionAbortedException abortReason) => _inner.Abort(abortReason);

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await _inner.DisposeAsync();
        }
        finally
        {
            _limit.Remove(this);
        }
    }
}
