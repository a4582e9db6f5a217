using PushNet.Web.Data;

namespace PushNet.Tests.Data;

public class BoardGapsTests
{
    public static TheoryData<long, long, long, long?, string?> Journals => new()
    {
        { 0, 0, 0, null, null },
        { 1, 9, 0, null, null },
        { 1, 9, 0, 9, null },
        { 1, 9, 0, 8, null },
        { 1, 9, 5, 9, null },
        { 1, 9, 12, 12, null },
        { 1, 9, 5, 10, "the last commit had number 10, and the newest that is left has 9" },
        { 1, 9, 12, 13, "the last commit had number 13, and the newest that is left has 12" },
        { 0, 0, 0, 10, "the last commit had number 10, and none is left" },
        { 0, 0, 5, null, "no more is left than the newest snapshot" },
        { 0, 0, 5, 5, "no more is left than the newest snapshot" },
    };

    public static TheoryData<long, long, long, string?> Snapshots => new()
    {
        { 0, 0, 0, null },
        { 1, 9, 0, null },
        { 6, 9, 5, null },
        { 3, 9, 5, null },
        { 6, 9, 0, "the journal begins with number 6, and no snapshot holds that was before" },
        { 6, 9, 4, "the journal begins with number 6, and the newest snapshot, of number 4, does not hold all that was before" },
    };

    [Theory]
    [MemberData(nameof(Journals))]
    public void Commits_that_no_file_has_are_missing(long oldest, long newest, long snapshot, long? last, string? sentence) =>
        AssertSays(sentence, BoardGaps.OfJournal(new(FoundFile.Whole, oldest, newest), new(FoundFile.Whole, snapshot, snapshot), last));

    [Theory]
    [MemberData(nameof(Snapshots))]
    public void What_lies_before_the_journal_must_be_in_a_snapshot(long oldest, long newest, long snapshot, string? sentence) =>
        AssertSays(sentence, BoardGaps.OfSnapshots(new(FoundFile.Whole, oldest, newest), new(FoundFile.Whole, snapshot, snapshot)));

    [Fact]
    public void A_file_that_is_gone_is_told_though_nothing_is_lost() =>
        AssertSays("nothing is lost", BoardGaps.OfSnapshots(new(FoundFile.Whole, 1, 9), new(FoundFile.Missing, 0, 0)));

    private static void AssertSays(string? sentence, string? said)
    {
        if (sentence is null)
        {
            Assert.Null(said);
        }
        else
        {
            Assert.Contains(sentence, said);
        }
    }
}
