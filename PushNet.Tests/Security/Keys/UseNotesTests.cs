using PushNet.Actors.Clock;
using PushNet.Web.Security.Keys;

namespace PushNet.Tests.Security.Keys;

public sealed class UseNotesTests
{
    private static readonly Moment Start = Given.Now;

    private readonly UseNotes _notes = new();

    [Fact]
    public void A_first_use_is_written_at_once_and_then_at_most_one_a_minute()
    {
        Assert.Equal([Start], Due(Start, at: Start));
        Assert.Empty(Due(Start + TimeSpan.FromSeconds(1), at: Start + TimeSpan.FromSeconds(1)));
        Assert.Empty(Due(Start + TimeSpan.FromSeconds(59), at: Start + TimeSpan.FromSeconds(59)));
        Assert.Equal([Start + TimeSpan.FromSeconds(59)], Due(Start + TimeSpan.FromSeconds(59), at: Start + TimeSpan.FromSeconds(60)));
        Assert.Empty(Due(Start + TimeSpan.FromSeconds(59), at: Start + TimeSpan.FromSeconds(200)));
    }

    [Fact]
    public void At_the_end_everything_is_written_that_was_not()
    {
        Due(Start, at: Start);

        Assert.Empty(All(Start));
        Assert.Equal([Start + TimeSpan.FromSeconds(1)], All(Start + TimeSpan.FromSeconds(1)));
        Assert.Empty(All(Start + TimeSpan.FromSeconds(1)));
    }

    private List<Moment> Due(Moment use, Moment at) => [.. _notes.Due([KeyValuePair.Create("1", use)], at).Select(note => note.Value)];

    private List<Moment> All(Moment use) => [.. _notes.All([KeyValuePair.Create("1", use)], use).Select(note => note.Value)];
}
