using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using PushNet.Actors.Feed;
using PushNet.Actors.Feed.Demo;

namespace PushNet.Tests.Feed;

public sealed class DemoFeedTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 23, 55, 0, TimeSpan.Zero);
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(20);

    private readonly FakeTimeProvider _time = new(Start);

    [Fact]
    public void Five_sports_are_shown() =>
        Assert.Equal(5, Games(Play(Short)).Select(line => Field(line.Json, "sport_category")).Distinct().Count());

    [Fact]
    public async Task Three_games_of_the_first_group_are_live()
    {
        await using var groups = new DemoFeed(_time, new Random(1)).ReadAsync(CancellationToken.None).GetAsyncEnumerator();

        Assert.True(await groups.MoveNextAsync());

        var live = groups.Current.Select(line => JsonElement.Parse(line.Utf8.Span))
            .Where(line => Field(line, "type") is "game" && Field(line, "status") is "live");
        Assert.True(live.DistinctBy(line => Field(line, "game_id")).Count() >= 3);
    }

    [Fact]
    public void Something_is_seen_within_two_seconds_and_a_score_within_a_minute_whenever_one_connects()
    {
        var games = Games(Play(Long)).ToList();
        var scores = new List<TimeSpan>();
        var known = new Dictionary<string, (int Home, int Away)>();
        foreach (var (at, line) in games)
        {
            var id = Field(line, "game_id");
            if (known.TryGetValue(id, out var before) && before != Score(line) && Score(line) is not (0, 0))
                scores.Add(at);
            known[id] = Score(line);
        }

        Assert.True(
            LongestSilence(games.Select(game => game.At)) <= TimeSpan.FromSeconds(2), $"{LongestSilence(games.Select(game => game.At))}");
        Assert.True(LongestSilence(scores) <= TimeSpan.FromMinutes(1), $"{LongestSilence(scores)}");
    }

    [Fact]
    public void At_every_moment_at_least_three_games_are_live()
    {
        var live = new HashSet<string>();
        var least = int.MaxValue;
        foreach (var instant in Games(Play(Long)).GroupBy(line => line.At))
        {
            foreach (var (_, line) in instant)
                _ = Field(line, "status") is "live" ? live.Add(Field(line, "game_id")) : live.Remove(Field(line, "game_id"));
            least = Math.Min(least, live.Count);
        }

        Assert.InRange(least, 3, DemoMatchTests.Results.Count);
    }

    [Fact]
    public void Every_play_has_an_id_a_slug_and_a_start_of_its_own_and_is_final_once()
    {
        var plays = Games(Play(Long)).GroupBy(line => Field(line.Json, "game_id")).ToList();

        Assert.True(plays.Count >= 2 * DemoMatchTests.Results.Count, $"{plays.Count} plays");
        Assert.All(plays, play =>
        {
            var (at, first) = play.First();
            Assert.EndsWith($"-{Start + at:yyyyMMddTHHmmss}", play.Key);
            var start = DateTimeOffset.ParseExact(
                Field(first, "start_date"), "yyyy-MM-dd'T'HH:mm:ss'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal);
            Assert.InRange(start, Start + at - TimeSpan.FromMinutes(9), Start + at + TimeSpan.FromMinutes(1));
            Assert.EndsWith($"-{start:yyyy-MM-dd}", Field(first, "pn_slug"));
            Assert.Single(play.Select(line => (Field(line.Json, "pn_slug"), Field(line.Json, "start_date"))).Distinct());
            Assert.True(play.Count(line => Field(line.Json, "status") is "final") <= 1);
        });
        Assert.Contains(plays, play => Field(play.First().Json, "start_date").StartsWith("2026-03-02", StringComparison.Ordinal));
    }

    [Fact]
    public void No_price_is_for_a_game_that_is_unknown_or_over()
    {
        var open = new HashSet<string>();
        var over = new HashSet<string>();
        var latest = TimeSpan.Zero;
        foreach (var (at, line) in Play(Long))
        {
            var id = Field(line, "game_id");
            if (Field(line, "type") is "game")
                _ = Field(line, "status") is "final" ? open.Remove(id) | over.Add(id) : open.Add(id);
            else if (line.GetProperty("price").ValueKind is not JsonValueKind.Null)
                Assert.Contains(id, open);
            else
                Assert.True(open.Contains(id) || over.Contains(id), id);
            latest = at;
        }

        Assert.NotEmpty(over);
        Assert.True(latest > TimeSpan.FromMinutes(19));
    }

    [Fact]
    public void When_a_game_is_over_none_of_its_prices_is_left()
    {
        var offers = new HashSet<string>();
        var over = new HashSet<string>();
        foreach (var (_, line) in Play(Long))
        {
            if (Field(line, "type") is "game" && Field(line, "status") is "final")
                over.Add(Field(line, "game_id"));
            if (Field(line, "type") is not "price")
                continue;
            var key = string.Join('|',
                new[] { "game_id", "pn_market_type", "book", "outcome", "points" }.Select(name => line.GetProperty(name).GetRawText()));
            Assert.True(line.GetProperty("price").ValueKind is JsonValueKind.Null ? offers.Remove(key) : offers.Add(key) || true,
                $"Nothing to withdraw: {key}");
        }

        Assert.NotEmpty(offers);
        Assert.DoesNotContain(offers, key => over.Contains(key.Split('|')[0].Trim('"')));
    }

    [Fact]
    public void Prices_come_as_a_stream()
    {
        var prices = Play(Long).Where(line => Field(line.Json, "type") is "price").Select(line => line.At).ToList();

        Assert.InRange(prices.Count / Long.TotalSeconds, 15, 40);
        Assert.True(prices.Select(at => (int)at.TotalSeconds).Distinct().Count() >= 0.97 * Long.TotalSeconds);
    }

    [Fact]
    public void Names_are_written_as_people_write_them() =>
        Assert.Contains(Raw(Long), line => line.Contains("Vladimír Šmicer", StringComparison.Ordinal));

    [Fact]
    public void The_same_seed_gives_the_same_lines() =>
        Assert.Equal(Raw(Short), Raw(Short));

    private static TimeSpan LongestSilence(IEnumerable<TimeSpan> times)
    {
        List<TimeSpan> all = [TimeSpan.Zero, .. times, Long];
        return all.Zip(all.Skip(1), (earlier, later) => later - earlier).Max();
    }

    private static IEnumerable<(TimeSpan At, JsonElement Json)> Games(IEnumerable<(TimeSpan At, JsonElement Json)> lines) =>
        lines.Where(line => Field(line.Json, "type") is "game");

    private static string Field(JsonElement line, string name) => line.GetProperty(name).GetString()!;

    private static (int Home, int Away) Score(JsonElement line)
    {
        var scores = line.GetProperty("scores");
        return scores.GetProperty("score_home").ValueKind is JsonValueKind.Null
            ? (0, 0) : (scores.GetProperty("score_home").GetInt32(), scores.GetProperty("score_away").GetInt32());
    }

    private IEnumerable<TimedLine> Lines(TimeSpan length) =>
        new DemoFeed(_time, new Random(1)).Lines().TakeWhile(line => line.At < length);

    private IEnumerable<(TimeSpan At, JsonElement Json)> Play(TimeSpan length) =>
        Lines(length).Select(line => (line.At, JsonElement.Parse(line.Utf8.Span)));

    private List<string> Raw(TimeSpan length) =>
        [.. Lines(length).Select(line => System.Text.Encoding.UTF8.GetString(line.Utf8.Span))];
}
