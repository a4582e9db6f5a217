using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using PushNet.Web.Http;
using PushNet.Web.Security.Peers;
using PushNet.Web.Settings;

namespace PushNet.Web.Operators.Port;

/// <summary>A port of its own for operators, on this machine only, besides the public addresses.</summary>
internal static class OperatorPort
{
    /// <summary>The path of what is there for operators and nowhere else.</summary>
    public const string Prefix = "/ops";

    /// <summary>Where Prometheus reads.</summary>
    public const string MetricsPath = "/metrics";

    /// <summary>The path of what both ports have.</summary>
    public const string HealthPrefix = "/health";

    private const string Endpoints = "Kestrel:Endpoints";

    /// <summary>
    /// Listens there too. It adds to the addresses of the settings, because Listen() in code would silently take their place.
    /// </summary>
    public static void Listen(WebApplicationBuilder builder, OperatorOptions options)
    {
        Listen(builder, "PushNetOperator", options.Url);
        Listen(builder, "PushNetOperatorMetrics", options.Metrics.Url);
    }

    private static void Listen(WebApplicationBuilder builder, string name, string url)
    {
        if (url.Length == 0)
        {
            return;
        }

        if (builder.Configuration.GetSection(Endpoints).Exists())
        {
            builder.Configuration[$"{Endpoints}:{name}:Url"] = url;
        }
        else
        {
            builder.WebHost.UseUrls($"{builder.Configuration[WebHostDefaults.ServerUrlsKey]};{url}");
        }
    }

    /// <summary>True for the endpoint that the setting names.</summary>
    /// <param name="endpoint">Any endpoint that the server listens on, before it does.</param>
    /// <param name="url">The setting.</param>
    public static bool IsAt(EndPoint endpoint, string url) => OperatorAddress.Of(url)?.EndPoint.Equals(endpoint) == true;

    /// <summary>Marks the connections of the operator port, and of the address for metrics.</summary>
    /// <param name="endpoint">Any endpoint that the server listens on.</param>
    /// <param name="options">The settings.</param>
    public static void Mark(ListenOptions endpoint, OperatorOptions options)
    {
        var mark = IsAt(endpoint.EndPoint, options.Url) ? OperatorConnection.ToAll
            : IsAt(endpoint.EndPoint, options.Metrics.Url) ? OperatorConnection.ToMetrics
            : null;
        if (mark is not null)
        {
            endpoint.Use(next => connection =>
            {
                connection.Features.Set(mark);
                return next(connection);
            });
        }
    }

    /// <summary>Keeps the two ports apart. Must stand in front of everything that reads the request's Host or serves files.</summary>
    public static void UseOperatorPort(this IApplicationBuilder app) => app.Use((context, next) => Refusal(context) is { } refusal
        ? context.Response.WriteErrorAsync(refusal.Status, refusal.Error)
        : next(context));

    private static (int Status, string Error)? Refusal(HttpContext context)
    {
        var path = context.Request.Path;
        var isForOperators = path.StartsWithSegments(Prefix) || path.StartsWithSegments(MetricsPath);
        var connection = OperatorConnection.Of(context);
        if (connection is null)
        {
            return isForOperators ? (StatusCodes.Status404NotFound, $"there is nothing at {path}") : null;
        }

        if (connection == OperatorConnection.ToMetrics)
        {
            return path == MetricsPath ? null : (StatusCodes.Status404NotFound, $"this address has {MetricsPath} only");
        }

        // A page from elsewhere whose name was made to lead here (DNS rebinding) has its own name in Host. Any other page has it in Origin.
        return !PeerAddress.IsLoopbackHost(context.Request.WrittenHost().Host.Trim('[', ']'))
            ? (StatusCodes.Status403Forbidden, "the operator port is asked by a name or address of this machine only")
            : !IsOwnOrigin(context.Request) ? (StatusCodes.Status403Forbidden, "pages of elsewhere may not ask the operator port")
            : !isForOperators && !path.StartsWithSegments(HealthPrefix)
            ? (StatusCodes.Status404NotFound, $"the operator port has {Prefix}, {MetricsPath} and {HealthPrefix} only")
            : null;
    }

    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Headers.Origin is [] || (request.Headers.Origin is [{ } origin] && origin.Equals(
            $"http://{request.WrittenHost().Value}", StringComparison.OrdinalIgnoreCase));
}
