using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace PushNet.Client;

/// <summary>What the server says to a plain GET of a channel: 426 means that nothing is against a connection.</summary>
/// <param name="Status">0: there was no answer.</param>
/// <param name="Error">A sentence.</param>
/// <param name="RetryAfterMs">When to come back, in milliseconds, if the server said so.</param>
internal sealed record Answer(HttpStatusCode Status, string Error, double? RetryAfterMs)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static async Task<Answer> AskAsync(Uri url, string key, HttpMessageInvoker invoker, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Timeout);
        using var question = new HttpRequestMessage(
            HttpMethod.Get, new UriBuilder(url) { Scheme = url.Scheme.Replace("ws", "http", StringComparison.Ordinal) }.Uri);
        question.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var response = await invoker.SendAsync(question, patience.Token);
            return Of(response, await response.Content.ReadAsStringAsync(patience.Token));
        }
        catch (Exception e) when (
            !cancellation.IsCancellationRequested && e is (HttpRequestException or IOException or OperationCanceledException))
        {
            // The innermost one says why, for instance that the certificate is not trusted.
            return new Answer(0, $"the server does not answer: {e.GetBaseException().Message}", null);
        }
    }

    private static Answer Of(HttpResponseMessage response, string text)
    {
        var (error, retryAfterMs) = Body(text);
        return new Answer(
            response.StatusCode,
            error ?? $"the server answers {(int)response.StatusCode}",
            retryAfterMs ?? (response.Headers.RetryAfter?.Delta is { TotalMilliseconds: > 0 and var ms } ? ms : null));
    }

    // A proxy may answer with JSON of its own, with other types in fields of the same names.
    private static (string? Error, double? RetryAfterMs) Body(string text)
    {
        try
        {
            using var body = JsonDocument.Parse(text);
            return body.RootElement is { ValueKind: JsonValueKind.Object } fields
                ? (fields.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String ? error.GetString() : null,
                    fields.TryGetProperty("retry_after_ms", out var value) && value.ValueKind == JsonValueKind.Number
                        && value.TryGetDouble(out var ms) && ms > 0 && double.IsInteger(ms) ? ms : null)
                : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
