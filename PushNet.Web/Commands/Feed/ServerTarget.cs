using System.Net.Http.Headers;
using PushNet.Actors.Feed;
using PushNet.Web.Ingest;

namespace PushNet.Web.Commands.Feed;

/// <summary>
/// A server's <c>POST /v1/ingest</c>. Every group of lines is a request of its own over one connection. Its answer says that the
/// group is safe, and therefore how far the file is when something breaks.
/// </summary>
/// <param name="url">Its base address.</param>
/// <param name="key">A key with the scope ingest.</param>
internal sealed class ServerTarget(Uri url, string key) : IFeedTarget
{
    private readonly ServerClient _server = new(url, key, useProxy: true);

    public string Describe(FeedCounts counts) =>
        $"{counts.Applied} applied, {counts.Unchanged} unchanged, {counts.Stale} stale, {counts.Rejected} rejected";

    public async Task<IngestSummary> SendAsync(IReadOnlyList<FeedLine> lines)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/ingest") { Content = Body(lines) };
        return await _server.SendAsync(request, ServerClient.ReadAsync<IngestSummary>);
    }

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
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

        return new ByteArrayContent(bytes.GetBuffer(), 0, (int)bytes.Length)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") },
        };
    }
}
