using Akka.Actor;
using PushNet.Actors.Log;
using PushNet.Actors.Log.Entries;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Log;

/// <summary>Servers that have a cap together, on a log in memory.</summary>
public sealed class SharedCapTests : ActorTestOnLog
{
    private readonly Dictionary<SharedSlots, int> _open = [];

    [Fact]
    public async Task Servers_have_the_cap_of_the_first_one_together_until_an_operator_changes_it()
    {
        MaxConnections = 4;
        var a = await StartAsync("a");

        // The others say what they are told themselves if they don't find it.
        await Eventually.True(() => Task.FromResult(BoardLog.Entries.Any(entry => entry is RulesEntry)));
        MaxConnections = 1000;
        await StartAsync("b");
        await StartAsync("c");

        // The two others are ahead by a slot each, which nobody has taken yet.
        await FillAsync(2, 0, 0);
        await FillAsync(2, 1, 1);
        Assert.Equal([2, 1, 1], Keepings[0].Servers.Select(known => known.Slots));

        await ChangeAsync(8);
        await FillAsync(4, 1, 1);
        await ChangeAsync(0);
        await FillAsync(40, 40, 40);

        async Task ChangeAsync(int cap)
        {
            await a.Actor.Ask<RulesChanged>(new ChangeRules(null, null, null, null, cap), PushServer.Patience);
            await Eventually.True(() => Task.FromResult(Keepings.All(keeping => keeping.Slots.Cap == cap)));
        }
    }

    // No server ever takes one more, though it is asked all the time.
    private Task FillAsync(params int[] clients) => Eventually.True(() =>
    {
        for (var i = 0; i < clients.Length; i++)
        {
            var slots = Keepings[i].Slots;
            for (var open = _open.GetValueOrDefault(slots); open < clients[i] && slots.TryTake(); open++)
            {
                _open[slots] = open + 1;
            }
        }

        return Task.FromResult(clients.Select((count, i) => _open.GetValueOrDefault(Keepings[i].Slots) == count).All(isFull => isFull));
    });
}
