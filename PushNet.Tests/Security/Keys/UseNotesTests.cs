using PushNet.Web.Security.Keys;

namespace PushNet.Tests.Security.Keys;

public sealed class UseNotesTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_795_510_800);

    private readonly UseNotes _notes = new();

    [Fact]
    public void A_first_use_is_written_at_once_and_then_at_most_one_a_minute()
    {
        Assert.Equal([Start], Due(Start, at: Start));
        Assert.Empty(Due(Start.AddSeconds(1), at: Start.AddSeconds(1)));
        Assert.Empty(Due(Start.AddSeconds(59), at: Start.AddSeconds(59)));
        Assert.Equal([Start.AddSeconds(59)], Due(Start.AddSeconds(59), at: Start.AddSeconds(60)));
        Assert.Empty(Due(Start.AddSeconds(59), at: Start.AddSeconds(200)));
    }

    [Fact]
    public void At_the_end_everything_is_written_that_was_not()
    {
        Due(Start, at: Start);

        Assert.Empty(All(Start));
        Assert.Equal([Start.AddSeconds(1)], All(Start.AddSeconds(1)));
        Assert.Empty(All(Start.AddSeconds(1)));
    }

    private List<DateTimeOffset> Due(DateTimeOffset use, DateTimeOffset at) => [.. _notes.Due([KeyValuePair.Create(1L, use)], at).Select(note => note.Value)];

    private List<DateTimeOffset> All(DateTimeOffset use) => [.. _notes.All([KeyValuePair.Create(1L, use)]).Select(note => note.Value)];
}
