using CsCheck;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;

namespace PushNet.Tests.Log;

/// <summary>The slots of servers that have a cap together.</summary>
public sealed class ServerTableProperties
{
    private const int Cap = 1000;

    private static readonly Gen<(int Server, ulong Process, long Report, int Wanted, int Passed, int What)> Step =
        Gen.Select(Gen.Int[0, 4], Gen.ULong[1, 2], Gen.Long[1, 20], Gen.Int[0, 1200], Gen.Int[0, 9000], Gen.Int[0, 9]);

    [Fact]
    public void The_slots_of_all_servers_are_never_more_than_the_cap_whatever_comes_late_or_leaves() => Step.Array[1, 60].Sample(steps =>
    {
        var (table, time) = (new ServerTable(), 0L);
        var all = new Dictionary<string, (KnownServer Known, long At)>();
        foreach (var (server, process, report, wanted, passed, what) in steps)
        {
            time += passed;
            table.Forget(time);
            var name = $"s{server}";
            if (what == 0)
            {
                table.Leave(new LeaveEntry(process, name));
                Assert.True(table.All.All(known => known.Server.Name != name || known.Session != process));
            }
            else
            {
                table.Hear(new ServerEntry(process, Given(name, report, wanted)), 1, time, Cap);
            }

            foreach (var known in table.All)
            {
                all[known.Server.Name] = (known, time);
            }

            // Also of those that have left: their clients are still leaving.
            var held = all.Values.Where(one => time - one.Known.HeardAt < ServerTable.Gone).Sum(one => one.Known.Slots);
            Assert.True(held <= Cap, $"{held} slots of {Cap}");
        }
    });

    [Fact]
    public void What_a_server_said_before_what_is_known_changes_nothing_and_another_process_of_its_name_begins_anew()
    {
        var table = new ServerTable();
        table.Hear(new ServerEntry(1, Given("a", 2, 900)), 5, 10, Cap);
        table.Hear(new ServerEntry(1, Given("a", 1, 100)), 6, 20, Cap);
        table.Hear(new ServerEntry(2, Given("b", 1, 900)), 7, 20, Cap);
        Assert.Equal([900, 100], table.All.Select(known => known.Slots));

        table.Hear(new ServerEntry(3, Given("a", 1, 200)), 8, 30, Cap);
        table.Hear(new ServerEntry(2, Given("b", 2, 900)), 9, 40, Cap);
        Assert.Equal([(200, 30L), (800, 20L)], table.All.Select(known => (known.Slots, known.Since)));
        Assert.Equal([7L, 8], table.All.Select(known => known.Behind));
    }

    [Fact]
    public void Connections_that_a_server_has_without_slots_are_not_given_away_until_they_are_over()
    {
        var table = new ServerTable();
        table.Hear(new ServerEntry(1, Given("a", 1, 900) with { Connections = 900 }), 1, 10, Cap);
        table.Hear(new ServerEntry(2, Given("b", 1, 300) with { Connections = 300 }), 2, 10, Cap / 2);
        table.Hear(new ServerEntry(1, Given("a", 2, 900) with { Connections = 900 }), 3, 20, Cap / 2);
        Assert.Equal([200, 0], table.All.Select(known => known.Slots));

        table.Hear(new ServerEntry(1, Given("a", 3, 160) with { Connections = 150 }), 4, 30, Cap / 2);
        table.Hear(new ServerEntry(2, Given("b", 2, 400) with { Connections = 300 }), 5, 40, Cap / 2);
        Assert.Equal([160, 340], table.All.Select(known => known.Slots));
    }

    [Fact]
    public void Without_a_cap_nobody_has_slots()
    {
        var table = new ServerTable();
        table.Hear(new ServerEntry(1, Given("a", 1, 900)), 1, 10, 0);
        Assert.Equal(0, table.All.Single().Slots);
    }

    private static LogServer Given(string name, long report, int wanted) =>
        new(name, "1", 1, 1, "", 0) { Report = report, SlotsWanted = wanted };
}
