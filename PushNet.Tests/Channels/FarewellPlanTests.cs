using Akka.TestKit;
using PushNet.Actors.Channels;
using PushNet.Actors.Clock;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels;

public sealed class FarewellPlanTests : ActorTest
{
    [Fact]
    public async Task Goodbyes_are_spread_evenly_and_each_has_a_delay_of_its_own()
    {
        var clients = CreateTestProbe();
        var plan = new FarewellPlan(
            [.. Enumerable.Repeat(clients.Ref, 1000)], Given.Now, Over(TimeSpan.FromSeconds(1)), new FrameEncoder());
        var delays = new List<int>();

        for (var tick = 0; tick < 100; tick++)
        {
            plan.SayDue(Moment.Now(Time));
            Time.Advance(TimeSpan.FromMilliseconds(10));
            delays.AddRange(await Delays(clients, 10));
            Assert.False(clients.HasMessages);
        }

        Assert.All(delays, delay => Assert.InRange(delay, 500, 500 + 2000 + 500));
        Assert.True(delays.Distinct().Count() > 600, $"only {delays.Distinct().Count()} different delays");
        Assert.InRange(delays.Average(), 1500, 2000);
    }

    [Fact]
    public async Task Without_time_to_spread_over_all_are_said_at_once()
    {
        var clients = CreateTestProbe();

        new FarewellPlan([.. Enumerable.Repeat(clients.Ref, 50)], Given.Now, Over(TimeSpan.Zero), new FrameEncoder()).SayDue(Given.Now);

        await Delays(clients, 50);
    }

    [Fact]
    public async Task It_asks_to_be_called_again_until_the_last_was_told_and_a_late_call_catches_up()
    {
        var clients = CreateTestProbe();
        var plan = new FarewellPlan([.. Enumerable.Repeat(clients.Ref, 10)], Given.Now, Over(TimeSpan.FromSeconds(1)), new FrameEncoder());

        Assert.InRange(plan.SayDue(Given.Now)!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(50));
        Assert.Null(plan.SayDue(Given.Now + TimeSpan.FromSeconds(5)));

        await Delays(clients, 10);
    }

    private static Drain Over(TimeSpan spread) => new(spread, "the server restarts");

    private static async Task<List<int>> Delays(TestProbe clients, int count)
    {
        var delays = new List<int>();
        for (var i = 0; i < count; i++)
        {
            var goodbye = await clients.ExpectMsgAsync<Goodbye>();
            delays.Add(Frames.Parse(goodbye.Reconnect)[0].GetProperty("after_ms").GetInt32());
        }

        return delays;
    }
}
