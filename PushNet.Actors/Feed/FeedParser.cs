using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using PushNet.Actors.Games;

namespace PushNet.Actors.Feed;

/// <summary>
/// Reads one line of NDJSON as an <see cref="Observation"/> (docs/feeding.md#a-game). Keys that it does not know are ignored. Pure.
/// </summary>
public static class FeedParser
{
    /// <summary>The longest line that is read, in bytes.</summary>
    public const int MaxLineBytes = 64 * 1024;

    /// <summary>The longest string value, in characters (code points of Unicode); <c>last_play</c> may be longer.</summary>
    public const int MaxStringLength = 256;

    /// <summary>The longest <c>last_play</c>, in characters (code points of Unicode).</summary>
    public const int MaxLastPlayLength = 1024;

    /// <summary>The earliest <c>ts</c>, the beginning of 2001: anything before was written in seconds.</summary>
    public const long EarliestTs = 978_307_200_000;

    /// <summary>Prices and points lie within plus and minus this.</summary>
    public const decimal MaxNumber = 1_000_000_000m;

    // With F instead of f, a dot without digits would be accepted.
    private static readonly string[] StartDateForms =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd", .. Enumerable.Range(1, 7)
            .Select(digits => $"yyyy-MM-dd'T'HH:mm:ss.{new string('f', digits)}K"),
    ];

    /// <summary>Parses a line. Never throws: a broken line comes back with its error.</summary>
    public static ParsedLine Parse(FeedLine line)
    {
        try
        {
            return new ParsedLine(line.Number, ParseObservation(line), null);
        }
        catch (FieldException e)
        {
            return new ParsedLine(line.Number, null, e.Message);
        }
        catch (JsonException e)
        {
            return new ParsedLine(line.Number, null, $"not valid JSON at byte {e.BytePositionInLine}");
        }
        catch (InvalidOperationException)
        {
            return new ParsedLine(line.Number, null, "a string holds half a surrogate pair");
        }
    }

    private static Observation ParseObservation(FeedLine line)
    {
        var utf8 = line.Utf8;
        if (utf8.Length > MaxLineBytes)
        {
            throw new FieldException($"the line is longer than {MaxLineBytes} bytes");
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            throw new FieldException("the line is not valid UTF-8");
        }

        using var document = JsonDocument.Parse(utf8);
        var fields = new JsonFields(document.RootElement, "");
        Observation observation = fields.RequiredString("type") switch
        {
            "game" => new GameObservation(ReadGame(fields)),
            "price" => PriceLines.ReadPrice(fields),
            "withdraw" => PriceLines.ReadWithdrawal(fields),
            "remove" => new RemoveObservation(fields.RequiredString("game_id")),
            var type => throw new FieldException($"type is \"{type}\"; it must be \"game\", \"price\", \"withdraw\" or \"remove\""),
        };
        var ts = fields.EpochMilliseconds("ts");
        return observation with
        {
            Source = fields.String("source"),
            Rev = fields.Long("rev") is { } rev ? Rev.OfSource(rev) : line.Rev,
            Ts = ts ?? line.StoredAt,
            IsTsOfStorage = ts is null && line.StoredAt is not null,
        };
    }

    private static Game ReadGame(JsonFields fields)
    {
        var status = fields.RequiredWord<GameStatus>("status");
        return new Game
        {
            GameId = Addressable.Game("game_id", fields.RequiredString("game_id")),
            PnSlug = fields.String("pn_slug") is { } slug ? Addressable.Game("pn_slug", slug) : null,
            PnLeagueCode = Addressable.Segment("pn_league_code", fields.RequiredString("pn_league_code")),
            SportCategory = fields.RequiredString("sport_category"),
            StartDate = ReadStartDate(fields.RequiredString("start_date")),
            Status = status,
            Venue = fields.String("venue"),
            Broadcast = fields.String("broadcast"),
            HomeTeam = ReadTeam(fields.RequiredObject("home_team")),
            AwayTeam = ReadTeam(fields.RequiredObject("away_team")),
            Scores = fields.Object("scores") is { } scores ? ReadScores(scores, status) : Scores.None,
            StatusDetail = ReadDetail(fields, status),
            Winner = fields.Word<Winner>("winner"),
        };
    }

    private static Team ReadTeam(JsonFields fields) => new(
        fields.RequiredText("name"),
        fields.String("city"),
        fields.String("mascot"),
        fields.String("abbreviation_pn"),
        fields.String("logo"));

    private static Scores ReadScores(JsonFields fields, GameStatus status)
    {
        if (fields.String("status") is { } written && !string.Equals(written, status.ToString(), StringComparison.Ordinal))
        {
            throw new FieldException($"scores.status \"{written}\" contradicts the game's status; leave it out or write \"{status}\"");
        }

        if (fields.Boolean("is_live") is { } isLive && isLive != (status is GameStatus.Live))
        {
            throw new FieldException("scores.is_live contradicts the game's status; leave it out");
        }

        return new Scores
        {
            ScoreHome = fields.Integer("score_home"),
            ScoreAway = fields.Integer("score_away"),
            Period = fields.String("period"),
            Clock = fields.String("clock"),
            LastPlay = fields.String("last_play", MaxLastPlayLength),
            CurrentDownAndDistance = fields.String("current_down_and_distance"),
            Weather = fields.String("weather"),
            WeatherTemp = fields.String("weather_temp"),
            WeatherTempHigh = fields.String("weather_temp_high"),
            HomeStarter = fields.String("home_starter"),
            AwayStarter = fields.String("away_starter"),
            Periods = ReadPeriods(fields),
        };
    }

    private static PeriodScores? ReadPeriods(JsonFields fields) =>
        fields.Objects("periods", PeriodScores.Max) is { Count: > 0 } periods
            ? new PeriodScores(
                [.. periods.Select(one => new PeriodScore(one.RequiredString("name"), one.Integer("home"), one.Integer("away")))])
            : null;

    private static StatusDetail? ReadDetail(JsonFields fields, GameStatus status) =>
        (fields.Word<StatusDetail>("status_detail"), status) switch
        {
            (StatusDetail.Postponed, not GameStatus.Unplayed) => throw Contradicts(StatusDetail.Postponed, GameStatus.Unplayed),
            (StatusDetail.Abandoned, not GameStatus.Final) => throw Contradicts(StatusDetail.Abandoned, GameStatus.Final),
            var (detail, _) => detail,
        };

    private static FieldException Contradicts(StatusDetail detail, GameStatus status) => new(
        $"status_detail \"{Words<StatusDetail>.Of(detail)}\" contradicts the status; "
            + $"the status of such a game is \"{Words<GameStatus>.Of(status)}\"");

    private static string ReadStartDate(string written) =>
        HasTimeWithoutZone(written)
            ? throw new FieldException(
                $"start_date \"{written}\" is a time without a zone; write it in UTC with a Z at its end, or the date alone")
        : DateTimeOffset.TryParseExact(written, StartDateForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            && date.Offset == TimeSpan.Zero
            ? written
            : throw new FieldException($"start_date \"{written}\" is not an ISO 8601 time in UTC, for instance 2022-12-18T15:00:00Z");

    private static bool HasTimeWithoutZone(string written) =>
        written.IndexOf('T', StringComparison.Ordinal) is >= 0 and var time && written.AsSpan(time).IndexOfAny("Z+-") < 0;
}
