using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace PushNet.Web.Http;

/// <summary>The body of every error: what is wrong, as a sentence (docs/protocol.md#rest).</summary>
/// <param name="Error">The sentence.</param>
internal sealed record ErrorBody(string Error);

/// <summary>Writes errors.</summary>
internal static class ErrorResponse
{
    /// <summary>Answers a request with an error.</summary>
    public static Task WriteErrorAsync(this HttpResponse response, int status, string error)
    {
        response.StatusCode = status;
        return response.WriteAsJsonAsync(new ErrorBody(error));
    }

    /// <summary>Writes the body for statuses that the framework answers without one.</summary>
    public static Task ForEmptyStatus(StatusCodeContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        if (response.Headers.Allow == HttpMethods.Get && HeadRequests.ArePossibleAt(request.Path))
        {
            response.Headers.Allow = HeadRequests.Allowed;
        }

        var error = response.StatusCode switch
        {
            StatusCodes.Status404NotFound => $"there is nothing at {request.Path}",
            StatusCodes.Status405MethodNotAllowed => $"{request.Method} is not possible here; allowed: {response.Headers.Allow}",
            var status => ReasonPhrases.GetReasonPhrase(status),
        };
        return response.WriteErrorAsync(response.StatusCode, error);
    }
}
