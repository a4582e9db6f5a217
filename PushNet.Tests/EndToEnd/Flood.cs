using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PushNet.Tests.EndToEnd;

/// <summary>Many visitors who connect to a server at once, stay until it closes the connection, and come again.</summary>
internal sealed class Flood : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly IPEndPoint _server;
    private readonly byte[] _request;
    private readonly TimeSpan _pause;
    private readonly Task[] _visitors;
    private long _closed;

    /// <summary>Begins.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="visitors">How many.</param>
    /// <param name="request">What each sends once it is connected; may be empty.</param>
    /// <param name="pause">How long each waits before it comes again.</param>
    public Flood(Uri server, int visitors, byte[] request, TimeSpan pause)
    {
        (_server, _request, _pause) = (new IPEndPoint(IPAddress.Parse(server.Host), server.Port), request, pause);
        _visitors = [.. Enumerable.Range(0, visitors).Select(VisitAsync)];
    }

    /// <summary>How often the server closed a connection.</summary>
    public long Closed => Interlocked.Read(ref _closed);

    /// <summary>How long floods last: seconds in the suite, minutes behind <c>test.sh --long</c>.</summary>
    public static TimeSpan Length { get; } =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("PUSHNET_FLOOD_SECONDS") ?? "2", CultureInfo.InvariantCulture));

    /// <summary>True behind <c>test.sh --long</c>.</summary>
    public static bool IsLong => Length > TimeSpan.FromMinutes(1);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_visitors);
        _ending.Dispose();
    }

    private async Task VisitAsync(int number)
    {
        // Each address has its own ports, which a closed connection takes up for a minute.
        var own = new IPEndPoint(new IPAddress([127, 0, 1, (byte)(1 + (number % 16))]), 0);
        using var timer = new PeriodicTimer(_pause);
        try
        {
            do
            {
                await VisitAsync(own);
            }
            while (await timer.WaitForNextTickAsync(_ending.Token));
        }
        catch (OperationCanceledException)
        {
            // The flood is over.
        }
    }

    private async Task VisitAsync(IPEndPoint own)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(own);
            await socket.ConnectAsync(_server, _ending.Token);
            await socket.SendAsync(_request, _ending.Token);
            var answer = new byte[512];
            while (await socket.ReceiveAsync(answer, _ending.Token) > 0)
            {
            }

            Interlocked.Increment(ref _closed);
        }
        catch (SocketException)
        {
            // Cut off, or not let in.
        }
    }
}
