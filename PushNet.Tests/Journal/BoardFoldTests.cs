using CsCheck;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Actors.State;

namespace PushNet.Tests.Journal;

/// <summary>What is read back is what was written, wherever the commits and the snapshots fall.</summary>
public sealed class BoardFoldTests
{
    private enum Step
    {
        Observe,
        ObserveDemo,
        Commit,
        Image,
        Evict,
    }

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, Gen.Const(Step.Observe)), (1, Gen.Const(Step.ObserveDemo)), (3, Gen.Const(Step.Commit)), (1, Gen.Const(Step.Image)), (
            1, Gen.Const(Step.Evict)));

    [Fact]
    public void The_newest_image_and_the_entries_behind_it_give_the_board() => Gen.Select(Observations.Any, Steps).Array[0, 60].Sample(
        steps =>
        {
            var board = new GameBoard(Given.Limits with { GameRetention = TimeSpan.FromSeconds(10) });
            var (changes, image, entries) = (new UnwrittenChanges(), BoardImage.Empty, new List<JournalEntry>());
            var now = Given.Now;
            foreach (var (observation, step) in steps)
            {
                now += TimeSpan.FromSeconds(3);
                switch (step)
                {
                    case Step.Observe:
                        Observe(board, changes, observation, now);
                        break;
                    case Step.ObserveDemo:
                        board.Apply(observation is PriceObservation price
                            ? Given.Price(price.Price, game: "demo") : Given.Seen(Given.Game("demo")), now, isDemo: true);
                        break;
                    case Step.Commit:
                        entries.Add(Again(changes.TakeEntry(board)));
                        break;
                    case Step.Image:
                        // What is not committed yet is in the image already, and comes again after it.
                        image = BoardPayload.ReadImage(BoardPayload.Write(board.Image(isFinal: false, now)));
                        entries.Clear();
                        break;
                    default:
                        board.Evict(now, changes.Remove);
                        break;
                }
            }

            entries.Add(Again(changes.TakeEntry(board)));

            Assert.Equal(Describe(board, now), Describe(Read(image, entries, now), now));
        },
        iter: 500);

    [Fact]
    public void What_was_not_written_to_its_end_is_told_from_what_was()
    {
        var payload = BoardPayload.Write(new JournalEntry(7, ["gone"], []));

        Assert.True(BoardPayload.IsIntact(payload));
        for (var i = 0; i < payload.Length; i++)
        {
            var changed = payload.ToArray();
            changed[i] ^= 1;
            Assert.False(BoardPayload.IsIntact(changed));
            Assert.Throws<InvalidDataException>(() => BoardPayload.ReadEntry(changed));
        }
    }

    [Fact]
    public void Seq_goes_on_behind_a_final_image_and_jumps_behind_all_else()
    {
        var fold = new BoardFold();
        Assert.Equal(0, fold.ToImage().Seq);

        fold.Add(new BoardImage(10, IsFinal: true, []));
        Assert.Equal(10, fold.ToImage().Seq);

        fold.Add(new JournalEntry(10, [], []));
        Assert.Equal(1_000_010, fold.ToImage().Seq);

        fold.Add(new BoardImage(12, IsFinal: false, []));
        Assert.Equal(1_000_012, fold.ToImage().Seq);
    }

    [Fact]
    public void Seq_jumps_behind_a_final_image_too_when_entries_may_be_missing()
    {
        var fold = new BoardFold(isIncomplete: true);
        fold.Add(new BoardImage(10, IsFinal: true, []));

        Assert.Equal(1_000_010, fold.ToImage().Seq);
    }

    [Fact]
    public void A_restored_board_keeps_its_demo_games_and_never_goes_back_in_seq()
    {
        var board = new GameBoard(Given.Limits);
        board.Apply(Given.Seen(Given.Game("demo")), Given.Now, isDemo: true);
        board.Apply(Given.Seen(Given.Game("lost")), Given.Now);
        var kept = new GameBoard(Given.Limits);
        kept.Apply(Given.Seen(Given.Game("kept")), Given.Now);

        board.Restore(kept.Image(isFinal: false, Given.Now), Given.Now);

        Assert.NotNull(board.Find("demo"));
        Assert.NotNull(board.Find("kept"));
        Assert.Null(board.Find("lost"));
        Assert.Equal((2, 2L), (board.GameCount, board.Seq));
        Assert.Equal(["kept", "demo"], board.View().Games.Select(game => game.Game.GameId));
    }

    private static void Observe(GameBoard board, UnwrittenChanges changes, Observation observation, Moment now)
    {
        if (board.Apply(observation, now).Verdict is Verdict.Applied or Verdict.Unchanged)
        {
            changes.Touch(observation);
        }
    }

    private static JournalEntry Again(JournalEntry entry) => BoardPayload.ReadEntry(BoardPayload.Write(entry));

    private static GameBoard Read(BoardImage image, IEnumerable<JournalEntry> entries, Moment now)
    {
        var fold = new BoardFold();
        fold.Add(image);
        foreach (var entry in entries)
        {
            fold.Add(entry);
        }

        var board = new GameBoard(Given.Limits);
        board.Restore(fold.ToImage(), now);
        return board;
    }

    private static string Describe(GameBoard board, Moment now) => string.Join('\n', board.Image(isFinal: false, now).Games
        .OrderBy(game => game.GameId, StringComparer.Ordinal)
        .Select(game => $"{game.State} {game.LastAccepted:O} "
            + $"{string.Join(' ', game.Outcomes.OrderBy(outcome => outcome.Key.Outcome, StringComparer.Ordinal))}"));
}
