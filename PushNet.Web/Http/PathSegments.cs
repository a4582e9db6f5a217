using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace PushNet.Web.Http;

/// <summary>
/// Decodes the parts of a path that name games and leagues, exactly once. The framework leaves <c>%2F</c> as it is and decodes
/// <c>%252F</c> to the same, so only what the client sent tells them apart.
/// </summary>
internal static class PathSegments
{
    private const string EncodedSlash = "%2F";

    /// <summary>Decodes them before the endpoints read their parts of the path.</summary>
    public static void UsePathSegments(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Path.Value?.Contains(EncodedSlash, StringComparison.OrdinalIgnoreCase) == true
            && context.GetEndpoint() is RouteEndpoint endpoint)
        {
            var segments = Decode(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
            foreach (var (part, segment) in endpoint.RoutePattern.PathSegments.Zip(segments))
            {
                if (part.Parts is [RoutePatternParameterPart parameter])
                {
                    context.Request.RouteValues[parameter.Name] = segment;
                }
            }
        }

        return next(context);
    });

    /// <summary>The parts of the path of a request target, decoded, with dots resolved as the server resolves them. Pure.</summary>
    /// <param name="target">As the client sent it: a path, or a whole address, with or without a query.</param>
    internal static List<string> Decode(string target)
    {
        var path = target.AsSpan();
        path = path.IndexOfAny('?', '#') is var end and >= 0 ? path[..end] : path;
        if (!path.StartsWith('/'))
        {
            var authority = path[(path.IndexOf("//", StringComparison.Ordinal) + 2)..];
            path = authority.IndexOf('/') is var begin and >= 0 ? authority[begin..] : "/";
        }

        var segments = new List<string>();
        foreach (var range in path[1..].Split('/'))
        {
            switch (Uri.UnescapeDataString(path[1..][range]))
            {
                case ".":
                    break;
                case "..":
                    segments.RemoveRange(Math.Max(segments.Count - 1, 0), Math.Min(segments.Count, 1));
                    break;
                case var segment:
                    segments.Add(segment);
                    break;
            }
        }

        return segments;
    }
}
