using PushNet.Actors.Journal;
using PushNet.Actors.State;

namespace PushNet.Tests.State;

public sealed class DurabilityStateTests
{
    private static readonly IOException Full = new("no space left on device");

    private static readonly object[] Requests =
    [
        Given.Group(Given.Seen(Given.Game())),
        Given.Group(Given.Seen(Given.Game())) with { CanWait = true },
        Given.Group(Given.Seen(Given.Game())) with { IsDemo = true },
        new GetSnapshot(),
        new GetBoardStatus(),
        new RemoveGame("g1"),
        new InspectGame("g1"),
    ];

    // What happens to a push, a feed, the demo, a snapshot, a status, a removal and an inspection, in this order.
    public static TheoryData<string, string> Table => new()
    {
        { "", "Hold Hold Hold Hold Hold Refuse Take" },
        { "unreadable", "Refuse Hold Refuse Hold Take Refuse Take" },
        { "unwritable", "Refuse Hold Take Take Take Refuse Take" },
        { "recovered", "Take Take Take Take Take Take Take" },
        { "recovered unreadable", "Refuse Hold Take Take Take Refuse Take" },
        { "unreadable unwritable recovered", "Take Take Take Take Take Take Take" },
        { "stop-waiting", "Refuse Refuse Refuse Hold Hold Refuse Take" },
        { "unreadable stop-waiting", "Refuse Refuse Refuse Hold Take Refuse Take" },
        { "unwritable stop-waiting", "Refuse Refuse Take Take Take Refuse Take" },
        { "recovered stop-waiting", "Take Take Take Take Take Take Take" },
        { "stop", "Refuse Refuse Refuse Hold Hold Refuse Take" },
        { "unreadable stop", "Refuse Refuse Refuse Hold Take Refuse Take" },
        { "unwritable stop", "Refuse Refuse Take Take Take Refuse Take" },
        { "recovered stop", "Refuse Refuse Take Take Take Refuse Take" },
        { "recovered stop stop-waiting", "Refuse Refuse Take Take Take Refuse Take" },
        { "stop unreadable recovered", "Refuse Refuse Take Take Take Refuse Take" },
        { "lost", "Refuse Refuse Refuse Hold Hold Refuse Take" },
        { "recovered lost", "Refuse Refuse Refuse Take Take Refuse Take" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_message_has_a_meaning_in_each_state(string history, string meanings) =>
        Assert.Equal(meanings, string.Join(' ', Requests.Select(After(history).Of)));

    [Theory]
    [InlineData("", null, "the board is being read back; try again soon")]
    [InlineData(
        "unreadable", "the board can't be read back: no space left on device", "the board can't be read back: no space left on device")]
    [InlineData(
        "unwritable", "observations can't be written: no space left on device", "observations can't be written: no space left on device")]
    [InlineData(
        "unwritable stop-waiting", "observations can't be written: no space left on device", "the server is stopping; send again later")]
    [InlineData("unwritable recovered stop", null, "the server is stopping; send again later")]
    [InlineData("recovered lost", null, "another server has taken the database; this one stops")]
    [InlineData(
        "recovered lost unwritable", "another server has taken the database; this one stops",
        "another server has taken the database; this one stops")]
    public void A_refusal_says_why(string history, string? fault, string whyNot)
    {
        var durability = After(history);

        Assert.Equal((fault, whyNot), (durability.Fault, durability.WhyNot));
    }

    [Theory]
    [InlineData("unreadable", "the board can't be read back: no space left on device")]
    [InlineData("unwritable", "observations can't be written: the database can't be used; the log says why")]
    public void Reasons_that_are_not_for_everybody_are_told_at_the_start_only(string history, string fault) =>
        Assert.Equal(fault, After(history, tellsReasons: false).Fault);

    [Theory]
    [InlineData("", false, false)]
    [InlineData("unreadable", false, false)]
    [InlineData("unwritable", true, false)]
    [InlineData("recovered", true, true)]
    [InlineData("recovered unreadable", true, false)]
    [InlineData("recovered stop", true, true)]
    [InlineData("recovered lost", true, false)]
    public void The_board_is_there_and_can_be_written(string history, bool hasBoard, bool canWrite)
    {
        var durability = After(history);

        Assert.Equal((hasBoard, canWrite), (durability.HasBoard, durability.CanWrite));
    }

    [Fact]
    public void One_snapshot_is_written_at_a_time_and_none_without_a_journal()
    {
        var durability = After("");
        Assert.False(durability.TrySave());

        durability.Recovered();
        Assert.True(durability.TrySave());
        Assert.False(durability.TrySave());

        durability.Saved();
        Assert.True(durability.TrySave());

        durability.Failed(Full, isRead: false);
        durability.Recovered();
        Assert.True(durability.TrySave());
    }

    [Fact]
    public void A_stop_waits_for_the_commit_then_for_the_last_snapshot()
    {
        var durability = After("recovered");
        Assert.Equal(Durability.StopStep.Wait, durability.NextOfStop(isWritten: true));

        durability.Stop();
        Assert.Equal(Durability.StopStep.Wait, durability.NextOfStop(isWritten: false));
        Assert.Equal(Durability.StopStep.SaveFinal, durability.NextOfStop(isWritten: true));
        Assert.Equal(Durability.StopStep.Wait, durability.NextOfStop(isWritten: true));

        durability.Saved();
        Assert.Equal(Durability.StopStep.Done, durability.NextOfStop(isWritten: true));
        durability.Stop();
        Assert.Equal(Durability.StopStep.Done, durability.NextOfStop(isWritten: true));
    }

    [Fact]
    public void A_stop_waits_for_a_snapshot_that_is_on_its_way()
    {
        var durability = After("recovered");
        durability.TrySave();
        durability.Stop();

        Assert.Equal(Durability.StopStep.Wait, durability.NextOfStop(isWritten: true));
        durability.Saved();
        Assert.Equal(Durability.StopStep.SaveFinal, durability.NextOfStop(isWritten: true));
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("unreadable stop")]
    [InlineData("unwritable stop")]
    [InlineData("recovered stop unreadable")]
    [InlineData("recovered lost stop")]
    public void A_stop_waits_for_nothing_that_can_not_be_written(string history) =>
        Assert.Equal(Durability.StopStep.Done, After(history).NextOfStop(isWritten: false));

    [Fact]
    public void A_server_where_nobody_may_wait_does_not_stop_yet() =>
        Assert.Equal(Durability.StopStep.Wait, After("recovered stop-waiting").NextOfStop(isWritten: true));

    private static Durability After(string history, bool tellsReasons = true)
    {
        var settings = new JournalSettings { TellsReasons = tellsReasons };
        var durability = new Durability(settings);
        foreach (var step in history.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (step)
            {
                case "unreadable":
                    durability.Failed(Full, isRead: false);
                    break;
                case "unwritable":
                    durability.Failed(Full, isRead: true);
                    break;
                case "recovered":
                    durability.Recovered();
                    break;
                case "lost":
                    settings.Ownership.Lose();
                    break;
                case "stop-waiting":
                    durability.StopWaiting();
                    break;
                default:
                    durability.Stop();
                    break;
            }
        }

        return durability;
    }
}
