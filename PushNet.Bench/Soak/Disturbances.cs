using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PushNet.Bench.Soak;

/// <summary>Steps the server's clock, and opens connections that send no request until its files are used up.</summary>
internal sealed class Disturbances(IPEndPoint server, ShiftedClock clock, TextWriter progress)
{
    private const int FloodConnections = 1500;
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenFloods = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FloodLength = TimeSpan.FromSeconds(10);

    // Back by seconds as NTP does, forward by hours as on a machine that slept, a day each way, and then back to the right time.
    private static readonly TimeSpan[] Steps =
        [TimeSpan.FromSeconds(-20), TimeSpan.FromHours(3), TimeSpan.FromSeconds(5), TimeSpan.FromDays(-1), TimeSpan.FromDays(2),
            TimeSpan.Zero];

    private readonly List<Socket> _flood = [];
    private TimeSpan _nextStep = BetweenSteps;
    private TimeSpan _nextFlood = BetweenFloods / 2;
    private TimeSpan _floodEnd;
    private Task _flooding = Task.CompletedTask;
    private int _steps;

    /// <summary>Does what is due.</summary>
    /// <param name="elapsed">The time since the beginning.</param>
    public void Next(TimeSpan elapsed)
    {
        if (elapsed >= _nextStep)
        {
            _nextStep = elapsed + BetweenSteps;
            var step = Steps[_steps++ % Steps.Length];
            clock.Shift(step);
            progress.WriteLine($"{elapsed:mm\\:ss} the clock is off by {step}");
        }

        if (elapsed >= _nextFlood && _flooding.IsCompleted)
        {
            (_nextFlood, _floodEnd) = (elapsed + BetweenFloods, elapsed + FloodLength);
            _flooding = Task.Run(Flood);
            progress.WriteLine($"{elapsed:mm\\:ss} {FloodConnections} connections that send no request");
        }
        else if (elapsed >= _floodEnd && _flooding.IsCompleted)
        {
            End();
        }
    }

    /// <summary>Ends a flood that is under way.</summary>
    public async Task EndAsync()
    {
        await _flooding;
        End();
    }

    private void Flood()
    {
        for (var i = 0; i < FloodConnections; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _flood.Add(socket);
            try
            {
                socket.Connect(server);
                if (i % 2 == 0)
                {
                    socket.Send(Encoding.ASCII.GetBytes("GET /ws/odds HTTP/1.1\r\nHost: "));
                }
            }
            catch (SocketException)
            {
                // The server closes those that it has no room for.
            }
        }
    }

    private void End()
    {
        foreach (var socket in _flood)
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }

        _flood.Clear();
    }
}
