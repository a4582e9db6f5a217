using Xunit.Abstractions;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>Something that happens to servers under load.</summary>
/// <param name="What">Its name.</param>
/// <param name="Times">How often it happens.</param>
/// <param name="Longest">The longest that clients may wait for the next frame, in seconds.</param>
/// <param name="Happens">Does it, and tells how long clients waited.</param>
internal sealed record Happening(string What, int Times, double Longest, Func<ServersOnLog, Task<TimeSpan>> Happens)
{
    /// <summary>The stream of the log.</summary>
    public const string Stream = "PUSHNET";

    /// <summary>The lines of a second.</summary>
    public const int ASecond = 500;

    /// <summary>The longest that clients may wait while servers of NATS elect a leader, in seconds.</summary>
    public const double OfElection = 20;

    /// <summary>Has it happen, and prints the seconds.</summary>
    public async Task RunAsync(ServersOnLog servers, ITestOutputHelper output)
    {
        var gaps = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            var elections = servers.Nats.Elections(Stream);
            var gap = (await Happens(servers)).TotalSeconds;
            gaps.Add(gap);

            // On a machine that is busy enough, NATS elects another leader by itself.
            var isElected = servers.Nats.Elections(Stream) > elections;
            Assert.True(
                gap <= (isElected ? Math.Max(Longest, OfElection) : Longest),
                $"{What}: {gap:0.0} s after {i} times; elected: {isElected}; {string.Join(' ', servers.LastGaps)}; fed: {servers.Fed}");
        }

        output.WriteLine($"{What}: {string.Join(' ', gaps.Select(gap => $"{gap:0.0}"))} s");
    }

    /// <summary>Does something to the leader of the stream, and starts it again if that ended it.</summary>
    public static Func<ServersOnLog, Task<TimeSpan>> OfLeader(Func<NatsServer, Task> work) => async servers =>
        await OfNatsAsync(servers, (await servers.Nats.RolesAsync(Stream)).Leader, work);

    /// <summary>Does something to a server of NATS that does not lead the stream, and starts it again if that ended it.</summary>
    public static Func<ServersOnLog, Task<TimeSpan>> OfFollower(Func<NatsServer, Task> work) => async servers =>
        await OfNatsAsync(servers, (await servers.Nats.RolesAsync(Stream)).Followers[0], work);

    private static async Task<TimeSpan> OfNatsAsync(ServersOnLog servers, NatsServer nats, Func<NatsServer, Task> work)
    {
        var gap = await servers.GapOfAsync(() => work(nats), ASecond);
        if (Fuzz.Fuzz.IsLong)
        {
            await (nats.IsRunning ? nats.SignalAsync("CONT") : nats.StartAgainAsync());
        }

        return gap;
    }
}
