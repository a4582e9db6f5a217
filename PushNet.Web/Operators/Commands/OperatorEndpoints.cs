using PushNet.Web.Http;
using PushNet.Web.Operators.Port;
using PushNet.Web.Security;

namespace PushNet.Web.Operators.Commands;

/// <summary>The commands over HTTP: GET to look, POST to change, parameters in the query.</summary>
internal static class OperatorEndpoints
{
    public static void MapOperatorCommands(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(OperatorPort.Prefix).RequireAuthorization(KeyScope.Ops).ExcludeFromDescription();
        group.MapGet("/commands", () => OperatorCommands.All.Select(command => new
        {
            command.Name,
            command.Description,
            Method = Method(command),
            command.Path,
            Parameters = command.Parameters.Select(
                parameter => new { parameter.Name, parameter.Description, parameter.IsRequired, parameter.Choices, parameter.Default }),
        }));
        foreach (var command in OperatorCommands.All)
        {
            group.MapMethods($"/{command.Noun}/{command.Verb}", [Method(command)], context => Run(context, command));
        }
    }

    private static string Method(OperatorCommand command) => command.Changes ? HttpMethods.Post : HttpMethods.Get;

    private static async Task Run(HttpContext context, OperatorCommand command)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            var given = context.Request.Query.Select(value => KeyValuePair.Create(value.Key, value.Value.ToString()));
            var answer = await command.DoAsync(context.RequestServices, given);
            await context.Response.WriteAsJsonAsync(answer, answer.GetType());
        }
        catch (CommandException e)
        {
            await context.Response.WriteErrorAsync(e.Status, e.Message);
        }
    }
}
