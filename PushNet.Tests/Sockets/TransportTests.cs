using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

/// <summary>A conversation that goes on within its request, as under TLS and over HTTP/2.</summary>
public sealed class TransportTests
{
    private readonly Request _request = new();

    [Fact]
    public async Task A_client_that_is_gone_has_said_all_that_it_had_to_say()
    {
        var discarding = Transport().DiscardInput();
        Assert.False(discarding.IsCompleted);

        _request.Abort();

        await discarding;
    }

    [Fact]
    public async Task A_connection_that_this_server_aborts_was_not_left_by_its_client()
    {
        var transport = Transport();
        var discarding = transport.DiscardInput();

        transport.End.Abort();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => discarding);
    }

    private Transport Transport()
    {
        var context = new DefaultHttpContext { Request = { Protocol = HttpProtocol.Http2 } };
        context.Features.Set<IHttpRequestLifetimeFeature>(_request);
        return Web.Sockets.Transport.Of(context, Stream.Null, subProtocol: null);
    }

    private sealed class Request : IHttpRequestLifetimeFeature
    {
        private readonly CancellationTokenSource _aborted = new();

        public CancellationToken RequestAborted
        {
            get => _aborted.Token;
            set => throw new NotSupportedException();
        }

        public void Abort() => _aborted.Cancel();
    }
}
