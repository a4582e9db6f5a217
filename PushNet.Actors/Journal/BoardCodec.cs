using PushNet.Actors.Games;

namespace PushNet.Actors.Journal;

/// <summary>
/// The bytes of entries and board images, format 1. All numbers little-endian; a string is its length in bytes (7 bits per
/// byte) and UTF-8; what may be missing has a byte before it, 1 when it is there; decimals keep their scale.
/// </summary>
internal static class BoardCodec
{
    public static void Write(BinaryWriter to, JournalEntry entry)
    {
        to.Write(entry.Seq);
        WriteAll(to, entry.Removed, static (to, gameId) => to.Write(gameId));
        WriteAll(to, entry.Games, Write);
    }

    public static JournalEntry ReadEntry(BinaryReader from) =>
        new(from.ReadInt64(), ReadAll(from, static from => from.ReadString()), ReadAll(from, ReadChange));

    public static void Write(BinaryWriter to, BoardImage image)
    {
        to.Write(image.Seq);
        to.Write(image.IsFinal);
        WriteAll(to, image.Games, Write);
    }

    public static BoardImage ReadImage(BinaryReader from) => new(from.ReadInt64(), from.ReadBoolean(), ReadAll(from, ReadChange));

    private static void Write(BinaryWriter to, GameChange change)
    {
        to.Write(change.GameId);
        if (Has(to, change.State is not null))
        {
            Write(to, change.State!.Game);
            Write(to, change.State.Mark);
        }

        to.Write(change.LastAccepted.ToUnixTimeMilliseconds());
        WriteAll(to, change.Outcomes, Write);
    }

    private static GameChange ReadChange(BinaryReader from)
    {
        var gameId = from.ReadString();
        return new GameChange(
            gameId,
            from.ReadBoolean() ? new GameState(ReadGame(from, gameId), ReadNumber(from)) : null,
            DateTimeOffset.FromUnixTimeMilliseconds(from.ReadInt64()),
            ReadAll(from, ReadOutcome));
    }

    private static void Write(BinaryWriter to, OutcomeState state)
    {
        var (key, outcome, mark) = state;
        to.Write(key.MarketType);
        to.Write(key.Book);
        to.Write(key.Outcome);
        if (Has(to, key.Points is not null))
        {
            to.Write(key.Points!.Value);
        }

        if (Has(to, outcome is not null))
        {
            to.Write(outcome!.Price);
            Write(to, outcome.PlayerId);
            to.Write(outcome.Ts);
        }

        Write(to, mark);
    }

    private static OutcomeState ReadOutcome(BinaryReader from)
    {
        var key = new OutcomeKey(from.ReadString(), from.ReadString(), from.ReadString(), from.ReadBoolean() ? from.ReadDecimal() : null);
        return new OutcomeState(
            key, from.ReadBoolean() ? new Outcome(key, from.ReadDecimal(), ReadText(from), from.ReadInt64()) : null, ReadNumber(from));
    }

    private static void Write(BinaryWriter to, Game game)
    {
        Write(to, game.PnSlug);
        to.Write(game.PnLeagueCode);
        to.Write(game.SportCategory);
        to.Write(game.StartDate);
        to.Write((byte)game.Status);
        Write(to, game.Venue);
        Write(to, game.Broadcast);
        Write(to, game.HomeTeam);
        Write(to, game.AwayTeam);
        Write(to, game.Scores);
    }

    private static Game ReadGame(BinaryReader from, string gameId) => new()
    {
        GameId = gameId,
        PnSlug = ReadText(from),
        PnLeagueCode = from.ReadString(),
        SportCategory = from.ReadString(),
        StartDate = from.ReadString(),
        Status = (GameStatus)from.ReadByte(),
        Venue = ReadText(from),
        Broadcast = ReadText(from),
        HomeTeam = ReadTeam(from),
        AwayTeam = ReadTeam(from),
        Scores = ReadScores(from),
    };

    private static void Write(BinaryWriter to, Team team)
    {
        to.Write(team.Name);
        Write(to, team.City);
        Write(to, team.Mascot);
        Write(to, team.AbbreviationPn);
        Write(to, team.Logo);
    }

    private static Team ReadTeam(BinaryReader from) =>
        new(from.ReadString(), ReadText(from), ReadText(from), ReadText(from), ReadText(from));

    private static void Write(BinaryWriter to, Scores scores)
    {
        Write(to, scores.ScoreHome);
        Write(to, scores.ScoreAway);
        Write(to, scores.Period);
        Write(to, scores.Clock);
        Write(to, scores.LastPlay);
        Write(to, scores.CurrentDownAndDistance);
        Write(to, scores.Weather);
        Write(to, scores.WeatherTemp);
        Write(to, scores.WeatherTempHigh);
        Write(to, scores.HomeStarter);
        Write(to, scores.AwayStarter);
    }

    private static Scores ReadScores(BinaryReader from) => new()
    {
        ScoreHome = (int?)ReadNumber(from),
        ScoreAway = (int?)ReadNumber(from),
        Period = ReadText(from),
        Clock = ReadText(from),
        LastPlay = ReadText(from),
        CurrentDownAndDistance = ReadText(from),
        Weather = ReadText(from),
        WeatherTemp = ReadText(from),
        WeatherTempHigh = ReadText(from),
        HomeStarter = ReadText(from),
        AwayStarter = ReadText(from),
    };

    private static void Write(BinaryWriter to, string? text)
    {
        if (Has(to, text is not null))
        {
            to.Write(text!);
        }
    }

    private static string? ReadText(BinaryReader from) => from.ReadBoolean() ? from.ReadString() : null;

    private static void Write(BinaryWriter to, long? number)
    {
        if (Has(to, number is not null))
        {
            to.Write(number!.Value);
        }
    }

    private static long? ReadNumber(BinaryReader from) => from.ReadBoolean() ? from.ReadInt64() : null;

    private static bool Has(BinaryWriter to, bool isThere)
    {
        to.Write(isThere);
        return isThere;
    }

    private static void WriteAll<T>(BinaryWriter to, IReadOnlyCollection<T> all, Action<BinaryWriter, T> write)
    {
        to.Write7BitEncodedInt(all.Count);
        foreach (var one in all)
        {
            write(to, one);
        }
    }

    private static T[] ReadAll<T>(BinaryReader from, Func<BinaryReader, T> read)
    {
        var all = new T[from.Read7BitEncodedInt()];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = read(from);
        }

        return all;
    }
}
