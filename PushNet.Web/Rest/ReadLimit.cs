using PushNet.Actors.Admission;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Peers;
using PushNet.Web.Settings;

namespace PushNet.Web.Rest;

/// <summary>
/// Bounds how many requests of one key and of one address are answered at once, because each that is read slowly holds a connection
/// and a window of its answer.
/// </summary>
internal sealed class ReadLimit(RestOptions options, PeerLimits peers) : IEndpointFilter
{
    private readonly OpenShares _open = new();

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext;
        var secret = KeyIdentity.Of(request);
        var ofKey = options.MaxRequestsPerKey is var most and > 0 ? new SlotShare(secret.Key.Id, most) : null;
        SlotShare[] shares = [.. new[] { ofKey, peers.ShareOf(request, options.MaxRequestsPerAddress) }.OfType<SlotShare>()];
        if (_open.TryTake(shares) is { } refused)
        {
            await ShareUsedUp.Write(request.Response, refused, secret, "requests", "let one end, or ask again later");
            return Results.Empty;
        }

        try
        {
            return await next(context);
        }
        finally
        {
            _open.GiveBack(shares);
        }
    }
}
