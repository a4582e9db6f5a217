using System.Net;
using System.Net.Http.Headers;

namespace PushNet.Bench.Load;

/// <summary>Sends a few lines in each request, at its scheduled time, whatever became of the ones before.</summary>
/// <param name="server">Where to.</param>
/// <param name="options">The key, and the games.</param>
/// <param name="lines">How many in each request.</param>
/// <param name="schedule">When each request is due.</param>
internal sealed class IngestRequests(IPEndPoint server, LoadOptions options, int lines, Schedule schedule) : IDisposable
{
    private readonly FeedLines _lines = new(options);
    private readonly HttpClient _http = new();
    private long _refused;

    /// <summary>How long each request waited for its answer.</summary>
    public Acknowledgements Answers { get; } = new();

    /// <summary>Requests that were not taken.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Sends on a thread of its own until it is canceled, and waits for the last answer.</summary>
    public Task RunAsync(CancellationToken end) => Task.Factory.StartNew(() => Send(end), TaskCreationOptions.LongRunning).Unwrap();

    /// <summary>Sends lines in one request, and waits for the answer.</summary>
    /// <exception cref="HttpRequestException">A line was not taken.</exception>
    public static async Task PostAsync(HttpClient http, IPEndPoint server, string key, IEnumerable<string> lines)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{server}/v1/ingest")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
            Content = new StringContent(string.Join('\n', lines), new MediaTypeHeaderValue("application/x-ndjson")),
        };
        using var answer = await http.SendAsync(request);
        var summary = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        if (!summary.Contains("\"rejected\":0", StringComparison.Ordinal))
        {
            throw new HttpRequestException($"lines were rejected: {summary}");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task Send(CancellationToken end)
    {
        var open = new List<Task>();
        schedule.Begin();
        for (var index = 0L; !end.IsCancellationRequested; index++)
        {
            ShortSleep.For(schedule.Until(index));
            open.RemoveAll(request => request.IsCompleted);
            open.Add(PostAsync(index, [.. Enumerable.Range(0, lines).Select(_ => _lines.NextPrice())]));
        }

        await Task.WhenAll(open);
    }

    private async Task PostAsync(long index, IEnumerable<string> body)
    {
        try
        {
            await PostAsync(_http, server, options.Key, body);
            Answers.Add(schedule.SinceIndex(index), lines);
        }
        catch (HttpRequestException)
        {
            Interlocked.Increment(ref _refused);
        }
    }
}
