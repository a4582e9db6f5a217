using CsCheck;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Games;

/// <summary>A board depends only on what it was told and when: one that was read back goes on like one that never stopped.</summary>
public sealed class ReplicaProperties
{
    private static readonly BoardLimits Small = Given.Limits with { MaxGames = 4, MaxOutcomes = 8 };

    // Half of the games share slugs. There are few start dates, so that games are equal when room is made.
    private static readonly Gen<Observation> Games =
        Gen.Select(Observations.Game, Gen.Int[0, 9], Gen.Int[0, 3], Gen.Int[1, 2], (seen, id, slug, start) =>
            (Observation)((GameObservation)seen with
            {
                Game = ((GameObservation)seen).Game with
                {
                    GameId = $"g{id}",
                    PnSlug = slug > 1 ? $"slug-{slug}" : null,
                    StartDate = $"2026-01-0{start}",
                },
            }));

    private static readonly Gen<Observation> Leaving = Gen.Select(Gen.Int[0, 9], Observations.Ts, Gen.Bool, (id, ts, removes) =>
        removes ? (Observation)new RemoveObservation($"g{id}") { Ts = ts }
            : new WithdrawObservation($"g{id}") { Ts = ts });

    private static readonly Gen<(Observation Observation, int Minutes)[]> Log = Gen.Select(
        Gen.Frequency((6, Games), (4, Observations.Price), (2, Leaving)), Gen.Frequency((8, Gen.Int[0, 1]), (1, Gen.Int[500, 3000])))
        .Array[20, 80];

    [Fact]
    public void One_that_was_read_back_goes_on_as_the_one_that_never_stopped() => Gen.Select(Log, Gen.Int[0, 19], Gen.Int[0, 19]).Sample(
        (log, first, second) =>
        {
            var (original, copy) = (new GameBoard(Small), new GameBoard(Small));
            var minutes = 0;
            for (var i = 0; i < log.Length; i++)
            {
                minutes += log[i].Minutes;
                var now = At(minutes);
                Assert.Equal(Take(original, log[i].Observation, now), Take(copy, log[i].Observation, now));
                if (i == first || i == first + second)
                {
                    var image = BoardPayload.Write(original.Image(isFinal: true, now));
                    Assert.Equal(image, BoardPayload.Write(copy.Image(isFinal: true, now)));
                    copy = new GameBoard(Small);
                    copy.Restore(BoardPayload.ReadImage(image), now);
                }
            }

            Assert.Equal(Shown(original), Shown(copy));
        },
        iter: 400);

    private static Moment At(int minutes) =>
        new(TimeSpan.FromMinutes(minutes), Given.Now.WallClock.AddMinutes(minutes));

    private static string Take(GameBoard board, Observation observation, Moment now)
    {
        var left = board.Evict(now);
        var result = board.Apply(observation, now);
        var encoder = new FrameEncoder();
        var frames = left.Concat(result.Events).Select(one => Frames.Text(encoder.Encode(one).Frame));
        return $"{result.Verdict} {result.Error} {result.Warning} {board.Seq} {string.Join('\n', frames)}";
    }

    private static string Shown(GameBoard board)
    {
        var view = board.View();
        var slugs = Enumerable.Range(2, 2).Select(slug => view.Find($"slug-{slug}")?.Game.GameId);
        var games = board.Games.Concat(board.LiveGames).Concat(view.Games.Select(shown => shown.Game));
        return $"{string.Join('\n', games)}\n{string.Join(',', slugs)}";
    }
}
