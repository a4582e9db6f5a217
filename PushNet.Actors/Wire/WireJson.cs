using System.Text.Json;
using PushNet.Actors.Games;

namespace PushNet.Actors.Wire;

/// <summary>The JSON of frames and objects (docs/protocol.md#frames): names, types and key order bind, nulls are written out.</summary>
public static class WireJson
{
    /// <summary>No white space; non-ASCII letters as such, not escaped.</summary>
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = MinimalJsonEncoder.Instance,
        SkipValidation = true,
    };

    /// <summary>Writes an event as the object of its frame.</summary>
    public static void Write(Utf8JsonWriter json, GameEvent gameEvent)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, TypeName(gameEvent.Kind));
        if (gameEvent is GameMarkets markets)
        {
            json.WriteString("game_id"u8, gameEvent.Game.GameId);
            json.WritePropertyName("markets"u8);
            MarketsJson.Write(json, markets.Markets);
        }
        else
        {
            WriteIdentity(json, gameEvent.Game);
        }

        switch (gameEvent)
        {
            case GameMarkets or RemovedGame:
                break;
            case NewGame or GameUpdate:
                json.WritePropertyName("game"u8);
                Write(json, gameEvent.Game);
                break;
            case StatusChange change:
                json.WriteString("old_status"u8, StatusName(change.OldStatus));
                json.WriteString("new_status"u8, StatusName(change.Game.Status));
                json.WritePropertyName("game"u8);
                Write(json, change.Game);
                break;
            case ScoreChange:
                ScoresJson.WriteScore(json, gameEvent.Game.Scores);
                ScoresJson.WritePeriods(json, gameEvent.Game.Scores.Periods);
                break;
            case GameFinal:
                ScoresJson.WriteScore(json, gameEvent.Game.Scores);
                break;
            case PriceChange change:
                json.WriteString("pn_market_type"u8, change.Key.MarketType);
                json.WriteString("book"u8, change.Key.Book);
                json.WriteString("outcome"u8, change.Key.Outcome);
                WriteNumber(json, "old_price"u8, change.OldPrice);
                WriteNumber(json, "new_price"u8, change.NewPrice);
                WriteNumber(json, "points"u8, change.Key.Points);
                WriteReason(json, change.Reason);
                MarketsJson.WriteMain(json, change.IsMain);
                break;
            default:
                throw new ArgumentException($"no frame for {gameEvent.GetType().Name}", nameof(gameEvent));
        }

        json.WriteNumber("ts"u8, gameEvent.Ts);
        json.WriteNumber("seq"u8, gameEvent.Seq);
        json.WriteEndObject();
    }

    /// <summary>Writes <c>reason</c> when there is one.</summary>
    internal static void WriteReason(Utf8JsonWriter json, WithdrawalReason? reason)
    {
        if (reason is { } why)
        {
            json.WriteString("reason"u8, Words<WithdrawalReason>.Of(why));
        }
    }

    /// <summary>Writes a Game.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="game">The game.</param>
    /// <param name="markets">Its prices, behind its own fields; null for a game without prices.</param>
    /// <param name="seen">The mark that is written behind them, epoch milliseconds; null for none.</param>
    public static void Write(Utf8JsonWriter json, Game game, ILookup<string, Outcome>? markets = null, long? seen = null)
    {
        json.WriteStartObject();
        WriteFields(json, game);
        if (markets is not null)
        {
            json.WritePropertyName("markets"u8);
            MarketsJson.Write(json, markets);
        }

        if (seen is { } ts)
        {
            json.WriteNumber("seen"u8, ts);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the fields of a Game into an object that is open.</summary>
    internal static void WriteFields(Utf8JsonWriter json, Game game)
    {
        WriteIdentity(json, game);
        json.WriteString("sport_category"u8, game.SportCategory);
        json.WriteString("start_date"u8, game.StartDate);
        json.WriteString("status"u8, StatusName(game.Status));
        json.WriteString("venue"u8, game.Venue);
        json.WriteString("broadcast"u8, game.Broadcast);
        Write(json, "home_team"u8, game.HomeTeam);
        Write(json, "away_team"u8, game.AwayTeam);
        ScoresJson.Write(json, game);
        WriteResult(json, game);
    }

    /// <summary>Writes the detail of a game's status and the winner, where they are set, into an object that is open.</summary>
    public static void WriteResult(Utf8JsonWriter json, Game game)
    {
        if (game.StatusDetail is { } detail)
        {
            json.WriteString("status_detail"u8, Words<StatusDetail>.Of(detail));
        }

        if (game.Winner is { } winner)
        {
            json.WriteString("winner"u8, Words<Winner>.Of(winner));
        }
    }

    /// <summary>Writes the fields by which every event and answer names its game.</summary>
    public static void WriteIdentity(Utf8JsonWriter json, Game game)
    {
        json.WriteString("game_id"u8, game.GameId);
        json.WriteString("pn_slug"u8, game.PnSlug);
        json.WriteString("pn_league_code"u8, game.PnLeagueCode);
    }

    /// <summary>The name of an event type on the wire.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public static ReadOnlySpan<byte> TypeName(EventKind kind) => kind switch
    {
        EventKind.NewGame => "new_game"u8,
        EventKind.ScoreChange => "score_change"u8,
        EventKind.StatusChange => "status_change"u8,
        EventKind.GameFinal => "game_final"u8,
        EventKind.PriceChange => "price_change"u8,
        EventKind.GameUpdate => "game_update"u8,
        EventKind.Markets => "markets"u8,
        EventKind.GameRemoved => "game_removed"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
    };

    /// <summary>The name of a game's status on the wire.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such status.</exception>
    public static ReadOnlySpan<byte> StatusName(GameStatus status) => status switch
    {
        GameStatus.Unplayed => "unplayed"u8,
        GameStatus.Live => "live"u8,
        GameStatus.Final => "final"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no such status"),
    };

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, Team team)
    {
        json.WriteStartObject(name);
        json.WriteString("name"u8, team.Name);
        json.WriteString("city"u8, team.City);
        json.WriteString("mascot"u8, team.Mascot);
        json.WriteString("abbreviation_pn"u8, team.AbbreviationPn);
        json.WriteString("logo"u8, team.Logo);
        json.WriteEndObject();
    }

    internal static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, int? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    // The parser gave every price and point at least one decimal, and a decimal is written with the decimals it has.
    internal static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
