using NATS.Client.Core;
using NATS.Client.JetStream.Models;
using PushNet.Actors.Log.Nats;

namespace PushNet.Tests.Log;

public class NatsLeadershipTests
{
    [Theory]
    [InlineData(NatsLead.Followed, "n1", 0, 0)]
    [InlineData(NatsLead.Followed, "n1", 0, 900)]
    [InlineData(NatsLead.Followed, "n1")]
    [InlineData(NatsLead.Followed, "n1", 0, 0, 900, 900)]
    [InlineData(NatsLead.Unfollowed, "n1", 5, 5)]
    [InlineData(NatsLead.Unfollowed, "n1", 0, 5, 5, 5)]
    [InlineData(NatsLead.None, null, 0, 0)]
    public void What_is_told_of_a_stream_counts_when_it_has_a_leader_that_most_of_its_servers_follow(
        NatsLead lead, string? leader, params int[] seconds)
    {
        var told = new StreamInfo
        {
            Config = new StreamConfig("PUSHNET", ["pushnet.log"]),
            State = new StreamState(),
            Cluster = new ClusterInfo
            {
                Leader = leader,
                Replicas = [.. seconds.Select(active => new PeerInfo { Name = "", Active = TimeSpan.FromSeconds(active) })],
            },
        };

        Assert.Equal(lead, NatsLeadership.Of(told.Cluster));
        Assert.Equal(
            lead is NatsLead.Followed ? null : typeof(NatsException), Record.Exception(() => NatsLeadership.Trusted(told))?.GetType());
    }

    [Fact]
    public void A_server_that_is_the_only_one_is_followed() => Assert.Equal(NatsLead.Followed, NatsLeadership.Of(null));
}
