using NATS.Client.JetStream.Models;
using PushNet.Actors.Log.Nats;

namespace PushNet.Tests.Log;

public class NatsWatchTests
{
    [Theory]
    [InlineData(true, "n1", 0, 0)]
    [InlineData(true, "n1", 0, 900)]
    [InlineData(true, "n1")]
    [InlineData(true, "n1", 0, 0, 900, 900)]
    [InlineData(false, "n1", 5, 5)]
    [InlineData(false, "n1", 0, 5, 5, 5)]
    [InlineData(false, null, 0, 0)]
    public void A_stream_is_led_when_it_has_a_leader_that_most_of_its_servers_follow(bool isLed, string? leader, params int[] seconds) =>
        Assert.Equal(isLed, NatsWatch.IsLed(new ClusterInfo
        {
            Leader = leader,
            Replicas = [.. seconds.Select(active => new PeerInfo { Name = "", Active = TimeSpan.FromSeconds(active) })],
        }));

    [Fact]
    public void A_server_that_is_the_only_one_leads() => Assert.True(NatsWatch.IsLed(null));
}
