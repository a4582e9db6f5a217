using Microsoft.Extensions.Options;
using PushNet.Web.Http;
using PushNet.Web.Operators.Port;
using PushNet.Web.Security.Peers;

namespace PushNet.Web.Operators.Page;

/// <summary>Leads from the public pages to that of the operators and back. No page knows the address of the other port.</summary>
internal static class PageLinks
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var links = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        links.MapGet("/operators", ToOperators);
        links.MapGet($"{OperatorPort.Prefix}/scoreboard", (ServerAddresses addresses) => ToPublic(addresses, "/"));
        links.MapGet($"{OperatorPort.Prefix}/docs", (ServerAddresses addresses) => ToPublic(addresses, "/docs/"));
    }

    // Nobody else can open the operator port.
    private static IResult ToOperators(HttpContext context, ServerAddresses addresses, IOptions<ForwardedHeadersOptions> forwarded) =>
        addresses.Operators is { } url && LocalCaller.Is(context, forwarded.Value)
            ? Results.Redirect($"{url}{OperatorPort.Prefix}")
            : Results.Json(new ErrorBody("the operators' page is on the server's own machine only, at the operator port"),
                statusCode: StatusCodes.Status404NotFound);

    private static IResult ToPublic(ServerAddresses addresses, string path) =>
        Results.Redirect($"{ServerAddresses.ToConnect(addresses.Public ?? "")}{path}");
}
