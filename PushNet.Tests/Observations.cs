using CsCheck;
using PushNet.Actors.Games;

namespace PushNet.Tests;

/// <summary>
/// Random observations over few games and outcomes, so that they meet: duplicates, stale ones, corrections both ways, withdrawals,
/// late slugs.
/// </summary>
internal static class Observations
{
    public static readonly Gen<long?> Ts = Gen.Frequency(
        (1, Gen.Const((long?)null)), (3, Gen.Long[1, 12].Select(ts => (long?)(1_600_000_000_000 + (1000 * ts)))));

    public static readonly Gen<Scores> Scores =
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 3],
            (home, away, period, clock, extra) => new Scores
            {
                ScoreHome = home == 0 ? null : home,
                ScoreAway = away == 0 ? null : away,
                Period = period == 0 ? null : $"{period}H",
                Clock = clock == 0 ? null : $"0{clock}:00",
                LastPlay = extra is 1 or 3 ? "⚽ goal" : null,
                Periods = extra >= 2 ? new PeriodScores([new PeriodScore("1H", home, null), new PeriodScore("2H", null, extra)]) : null,
            });

    public static readonly Gen<Observation> Game =
        Gen.Select(Gen.Int[1, 4], Gen.Enum<GameStatus>(), Scores, Ts, Gen.Int[0, 9],
            (id, status, scores, ts, oddity) =>
            {
                var game = Given.Game($"g{id}", status, scores, slug: oddity == 0 ? $"slug-{id}" : null);
                return (Observation)new GameObservation(oddity switch
                {
                    1 => game with { PnLeagueCode = "other" },
                    2 => game with { StatusDetail = StatusDetail.Delayed, Winner = Winner.Draw },
                    3 => game with { AwayTeam = Given.Team("TBD") },
                    _ => game,
                })
                {
                    Ts = ts,
                };
            });

    public static readonly Gen<Observation> Price =
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 2], Gen.Int[0, 2], Ts, (id, outcome, price, ts) =>
            (Observation)Given.Price(price == 0 ? null : 100m + price, $"o{outcome}", ts, $"g{id}"));

    public static readonly Gen<Observation> Any = Gen.Frequency((2, Game), (1, Price));

    /// <summary>The same as a sequence in which some observations come twice.</summary>
    public static readonly Gen<Observation[]> Sequence =
        Gen.Select(Any.Array[0, 40], Gen.Int[0, 1000].Array[0, 8], (observations, repeats) =>
        {
            var all = observations.ToList();
            foreach (var at in observations.Length == 0 ? [] : repeats)
            {
                all.Insert(at * 7 % all.Count, observations[at % observations.Length]);
            }

            return all.ToArray();
        });
}
