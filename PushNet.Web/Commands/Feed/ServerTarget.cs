using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using PushNet.Actors.Feed;
using PushNet.Web.Ingest;
using PushNet.Web.Rest;

namespace PushNet.Web.Commands.Feed;

/// <summary>
/// A server's <c>POST /v1/ingest</c>. Every group of lines is a request of its own over one connection: its answer says that
/// the group is safe, and so how far the file is when something breaks.
/// </summary>
internal sealed class ServerTarget : IFeedTarget
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly HttpClient _http;

    /// <summary>A server.</summary>
    /// <param name="url">Its base address.</param>
    /// <param name="key">A key with the scope ingest.</param>
    public ServerTarget(Uri url, string key)
    {
        _http = new HttpClient { BaseAddress = url };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public string Describe(FeedCounts counts) =>
        $"{counts.Applied} applied, {counts.Unchanged} unchanged, {counts.Stale} stale, {counts.Rejected} rejected";

    public async Task<IngestSummary> SendAsync(IReadOnlyList<FeedLine> lines)
    {
        using var body = Body(lines);
        try
        {
            using var response = await _http.PostAsync("/v1/ingest", body);
            return response.StatusCode == HttpStatusCode.OK
                ? (await response.Content.ReadFromJsonAsync<IngestSummary>(Json))!
                : throw new IOException($"{_http.BaseAddress} answers {(int)response.StatusCode}: {await ErrorOf(response)}");
        }
        catch (HttpRequestException e)
        {
            throw new IOException($"{_http.BaseAddress} can't be reached: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new IOException($"{_http.BaseAddress} answers something else than a PushNet server", e);
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ByteArrayContent Body(IReadOnlyList<FeedLine> lines)
    {
        var bytes = new MemoryStream();
        foreach (var line in lines)
        {
            bytes.Write(line.Utf8.Span);
            bytes.WriteByte((byte)'\n');
        }

        return new ByteArrayContent(bytes.GetBuffer(), 0, (int)bytes.Length) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
    }

    private static async Task<string> ErrorOf(HttpResponseMessage response)
    {
        try
        {
            return (await response.Content.ReadFromJsonAsync<ErrorBody>(Json))?.Error ?? "";
        }
        catch (JsonException)
        {
            return response.ReasonPhrase ?? "";
        }
    }
}
