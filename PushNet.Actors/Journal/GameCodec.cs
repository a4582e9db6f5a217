using PushNet.Actors.Games;

namespace PushNet.Actors.Journal;

/// <summary>The bytes of a game, made of <see cref="BinaryFields"/>.</summary>
internal static class GameCodec
{
    private const byte StatusDetailField = 1;
    private const byte WinnerField = 2;
    private const byte PeriodsField = 3;

    /// <summary>Writes a game without its id.</summary>
    public static void Write(BinaryWriter to, Game game)
    {
        to.WriteText(game.PnSlug);
        to.Write(game.PnLeagueCode);
        to.Write(game.SportCategory);
        to.Write(game.StartDate);
        to.Write((byte)game.Status);
        to.WriteText(game.Venue);
        to.WriteText(game.Broadcast);
        Write(to, game.HomeTeam);
        Write(to, game.AwayTeam);
        Write(to, game.Scores);
        WriteOptional(to, game);
    }

    public static Game Read(FormatReader from, string gameId)
    {
        var game = new Game
        {
            GameId = gameId,
            PnSlug = from.ReadText(),
            PnLeagueCode = from.ReadString(),
            SportCategory = from.ReadString(),
            StartDate = from.ReadString(),
            Status = (GameStatus)from.ReadByte(),
            Venue = from.ReadText(),
            Broadcast = from.ReadText(),
            HomeTeam = ReadTeam(from),
            AwayTeam = ReadTeam(from),
            Scores = ReadScores(from),
        };
        while (from.ReadField() is not BinaryFields.End and var field)
        {
            game = field switch
            {
                StatusDetailField => game with { StatusDetail = (StatusDetail)from.ReadByte() },
                WinnerField => game with { Winner = (Winner)from.ReadByte() },
                PeriodsField => game with { Scores = game.Scores with { Periods = new PeriodScores(from.ReadAll(ReadPeriod)) } },
                _ => throw FormatReader.Unknown(field),
            };
        }

        return game;
    }

    private static void WriteOptional(BinaryWriter to, Game game)
    {
        if (game.StatusDetail is { } detail)
        {
            to.BeginField(StatusDetailField);
            to.Write((byte)detail);
        }

        if (game.Winner is { } winner)
        {
            to.BeginField(WinnerField);
            to.Write((byte)winner);
        }

        if (game.Scores.Periods is { } periods)
        {
            to.BeginField(PeriodsField);
            to.WriteAll(periods.All, Write);
        }

        to.EndFields();
    }

    private static void Write(BinaryWriter to, PeriodScore period)
    {
        to.Write(period.Name);
        to.WriteNumber(period.Home);
        to.WriteNumber(period.Away);
    }

    private static PeriodScore ReadPeriod(FormatReader from) =>
        new(from.ReadString(), (int?)from.ReadNumber(), (int?)from.ReadNumber());

    private static void Write(BinaryWriter to, Team team)
    {
        to.Write(team.Name);
        to.WriteText(team.City);
        to.WriteText(team.Mascot);
        to.WriteText(team.AbbreviationPn);
        to.WriteText(team.Logo);
    }

    private static Team ReadTeam(FormatReader from) =>
        new(from.ReadString(), from.ReadText(), from.ReadText(), from.ReadText(), from.ReadText());

    private static void Write(BinaryWriter to, Scores scores)
    {
        to.WriteNumber(scores.ScoreHome);
        to.WriteNumber(scores.ScoreAway);
        to.WriteText(scores.Period);
        to.WriteText(scores.Clock);
        to.WriteText(scores.LastPlay);
        to.WriteText(scores.CurrentDownAndDistance);
        to.WriteText(scores.Weather);
        to.WriteText(scores.WeatherTemp);
        to.WriteText(scores.WeatherTempHigh);
        to.WriteText(scores.HomeStarter);
        to.WriteText(scores.AwayStarter);
    }

    private static Scores ReadScores(FormatReader from) => new()
    {
        ScoreHome = (int?)from.ReadNumber(),
        ScoreAway = (int?)from.ReadNumber(),
        Period = from.ReadText(),
        Clock = from.ReadText(),
        LastPlay = from.ReadText(),
        CurrentDownAndDistance = from.ReadText(),
        Weather = from.ReadText(),
        WeatherTemp = from.ReadText(),
        WeatherTempHigh = from.ReadText(),
        HomeStarter = from.ReadText(),
        AwayStarter = from.ReadText(),
    };
}
