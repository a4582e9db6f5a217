using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PushNet.Bench.Load;

/// <summary>
/// Sends observations through the front door, in one streaming POST /v1/ingest, each at its scheduled time. Every line causes exactly
/// one event.
/// </summary>
internal sealed class FeedSender(IPEndPoint server, LoadOptions options, Schedule schedule)
{
    // Events that come faster go out together. A stop is noticed within the longest pause.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMicroseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    private readonly FeedLines _lines = new(options);
    private volatile bool _stopping;
    private long _sent;

    /// <summary>Events sent so far.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>When the observations were acknowledged; empty unless that is asked for.</summary>
    public Acknowledgements Acknowledgements { get; } = new();

    /// <summary>Puts the games on the board, which causes one event for each.</summary>
    public Task SendGamesAsync() => PostAsync(_lines.Games);

    /// <summary>Sends prices in one body, as fast as they are taken, which causes one event for each.</summary>
    public Task SendBurstAsync(int prices) => PostAsync(Enumerable.Range(0, prices).Select(_ => _lines.NextPrice()));

    /// <summary>Starts sending on a separate thread, so that nothing in this process delays it.</summary>
    /// <returns>The server's summary, when the sending was stopped.</returns>
    public Task<string> Start() => Task.Factory.StartNew(Send, TaskCreationOptions.LongRunning);

    /// <summary>Sends what is due and ends the body.</summary>
    public void Stop() => _stopping = true;

    private async Task PostAsync(IEnumerable<string> lines)
    {
        using var http = new HttpClient();
        await IngestRequests.PostAsync(http, server, options.Key, lines);
    }

    private string Send()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(server);
        socket.Send(Encoding.ASCII.GetBytes(
            $"POST /v1/ingest{(options.Acks ? "?acks=1" : "")} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {options.Key}\r\n"
                + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"));
        var answer = Task.Factory.StartNew(() => ReadAnswer(socket), TaskCreationOptions.LongRunning);
        var lines = new StringBuilder();
        schedule.Begin();
        while (!_stopping)
        {
            for (var due = schedule.Due(); _sent < due; Interlocked.Increment(ref _sent))
            {
                lines.Append(_lines.Next(_sent)).Append('\n');
            }

            if (lines.Length > 0)
            {
                socket.Send(Encoding.ASCII.GetBytes($"{lines.Length:x}\r\n{lines}\r\n"));
                lines.Clear();
            }

            var pause = schedule.Until(_sent);
            ShortSleep.For(pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause);
        }

        socket.Send("0\r\n\r\n"u8);
        return answer.GetAwaiter().GetResult();
    }

    private string ReadAnswer(Socket socket)
    {
        using var answer = new StreamReader(new NetworkStream(socket));
        var acked = 0L;
        while (answer.ReadLine() is { } line)
        {
            if (line.StartsWith("{\"acked\"", StringComparison.Ordinal))
            {
                var last = Json.NumberAfter(Encoding.ASCII.GetBytes(line), "\"acked\":"u8);
                Acknowledgements.Add(schedule.SinceIndex(acked), last - acked);
                acked = last;
            }
            else if (line.StartsWith("{\"lines\"", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return "";
    }
}
