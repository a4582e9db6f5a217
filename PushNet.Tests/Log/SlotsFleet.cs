using Microsoft.Extensions.Time.Testing;
using PushNet.Actors.Log;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;

namespace PushNet.Tests.Log;

/// <summary>Servers that have a cap together, clients that come and go, and a log that loses, delays and reorders what they send.</summary>
internal sealed class SlotsFleet
{
    public const int Count = 3;

    private readonly int _cap;
    private readonly FakeTimeProvider _time = new();
    private readonly ServerTable _log = new();
    private readonly List<ServerEntry> _sent = [];
    private long _now;

    public SlotsFleet(int cap) =>
        (_cap, Servers) = (cap, [.. Enumerable.Range(0, Count).Select(i => new Server($"s{i}", new SharedSlots(cap, _time)))]);

    public IReadOnlyList<Server> Servers { get; }

    public int Open => Servers.Sum(server => server.Open);

    public void Do(int number, int what, int much)
    {
        var server = Servers[number];
        switch (what)
        {
            case <= 2 when !server.IsDead:
                server.Take(much % 50);
                break;
            case 3 or 4 when !server.IsDead:
                server.Give(much % 80);
                break;
            case 5 or 6 when !server.IsDead:
                _sent.Add(server.Report());
                break;
            case 7 or 8 when _sent.Count > 0:
                Bring(much % _sent.Count);
                break;
            case 9 when _sent.Count > 0:
                _sent.RemoveAt(much % _sent.Count);
                break;
            case 10 when !server.IsDead:
                server.Read();
                break;
            case 11:
                for (var i = much % 8; i >= 0; i--)
                {
                    Pass(much);
                }

                break;
            case 12 when number > 0 && much % 10 == 0:
                server.Die();
                break;
            case 13 when !server.IsDead:
                Fill(number, _cap);
                break;
        }
    }

    /// <summary>As many clients as get in connect to a server, while nothing is lost.</summary>
    public void Fill(int number, int clients)
    {
        var server = Servers[number];
        server.Take(clients - server.Open);
        while (server.Open < clients && server.Slots.IsShort(_log.RoomFor(server.Name, _cap)))
        {
            ReportOf(server);
            server.Take(clients - server.Open);
        }
    }

    /// <summary>All is brought, and whoever is dead is forgotten.</summary>
    public void Calm()
    {
        while (_sent.Count > 0)
        {
            Bring(0);
        }

        for (var i = 0; i < 20; i++)
        {
            Pass(4000);
            foreach (var server in Servers.Where(server => !server.IsDead))
            {
                ReportOf(server);
            }
        }
    }

    private void ReportOf(Server server)
    {
        _sent.Add(server.Report());
        Bring(_sent.Count - 1);
        while (server.Unread.Count > 0)
        {
            server.Read();
        }
    }

    private void Bring(int which)
    {
        var entry = _sent[which];
        _sent.RemoveAt(which);
        _log.Hear(entry, 1, _now, _cap);
        var known = _log.Find(entry.Server.Name)!;
        Servers.Single(server => server.Name == entry.Server.Name).Unread.Enqueue((known.Server.Report, known.Slots));
    }

    private void Pass(int milliseconds)
    {
        _now += milliseconds;
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        foreach (var server in Servers.Where(server => server.Slots.HasLapsed))
        {
            server.Give(server.Open);
        }

        _log.Forget(_now);
    }

    /// <summary>One of them.</summary>
    internal sealed class Server(string name, SharedSlots slots)
    {
        private long _reports;

        public string Name => name;

        public SharedSlots Slots => slots;

        /// <summary>What the log has for it, and it has not read.</summary>
        public Queue<(long Report, int Slots)> Unread { get; } = new();

        public int Open { get; private set; }

        public bool IsDead { get; private set; }

        public void Take(int count)
        {
            for (; count > 0 && slots.TryTake(); count--)
            {
                Open++;
            }
        }

        public void Give(int count)
        {
            count = Math.Min(count, Open);
            Open -= count;
            for (; count > 0; count--)
            {
                slots.GiveBack();
            }
        }

        public void Die() => (IsDead, Open) = (true, 0);

        public ServerEntry Report() => new(7, new LogServer(name, "1", 1, 1, "", Open)
        {
            Report = ++_reports,
            SlotsWanted = slots.Want(_reports),
        });

        public void Read()
        {
            if (Unread.TryDequeue(out var read))
            {
                slots.Grant(read.Report, read.Slots);
            }
        }
    }
}
