using PushNet.Web.Http;
using PushNet.Web.Security;

namespace PushNet.Web.Rest;

/// <summary>What the query of a route may hold. A key that is misspelled must not be taken for one that was left out.</summary>
/// <param name="names">The query keys of the route beside the API key.</param>
internal sealed class QueryRule(params string[] names) : IEndpointFilter
{
    /// <summary>The key that asks for marks.</summary>
    public const string Seen = "seen";

    /// <summary>What is wrong when <see cref="TryReadSwitch"/> says no to <c>live</c>, the only switch there is.</summary>
    public const string SwitchFault = "live must be true or false";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);

        // Nobody may store the answer of an address with a key in it. Other answers a client may keep, and ask whether they still hold.
        response.Headers.CacheControl = request.Query.ContainsKey(KeyCarrier.QueryKey) ? "no-store" : "private, no-cache";
        if (Fault(request.Query) is not { } fault)
        {
            return await next(context);
        }

        await response.WriteErrorAsync(StatusCodes.Status400BadRequest, fault);
        return Results.Empty;
    }

    /// <summary>The value of a switch: <c>true</c>, <c>false</c>, or left out, which is false.</summary>
    /// <returns>False when it is something else.</returns>
    public static bool TryReadSwitch(string? value, out bool isOn)
    {
        isOn = value is "true";
        return value is null or "true" or "false";
    }

    private string? Fault(IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            if (name == KeyCarrier.QueryKey)
            {
                continue;
            }

            if (!names.Contains(name))
            {
                return names.Length == 0
                    ? $"\"{name}\" is not a query key of this address; it has none beside \"{KeyCarrier.QueryKey}\""
                    : $"\"{name}\" is not a query key of this address; it has: {string.Join(", ", names)}";
            }

            if (string.IsNullOrWhiteSpace(values))
            {
                return $"\"{name}\" is empty; give it a value or leave it out";
            }

            if (name == Seen && values != "1")
            {
                return $"{Seen} must be 1, or left out";
            }
        }

        return null;
    }
}
