using PushNet.Actors.Games;

namespace PushNet.Actors.Journal;

/// <summary>
/// The bytes of entries and board images, made of <see cref="BinaryFields"/>. Writes the newest format, <see cref="BoardPayload.Format"/>,
/// and reads every one.
/// </summary>
internal static class BoardCodec
{
    public static void Write(BinaryWriter to, JournalEntry entry)
    {
        to.Write(entry.Seq);
        to.WriteAll(entry.Removed, static (to, gameId) => to.Write(gameId));
        to.WriteAll(entry.Games, Write);
    }

    public static JournalEntry ReadEntry(FormatReader from) =>
        new(from.ReadInt64(), from.ReadAll(static from => from.ReadString()), from.ReadAll(ReadChange));

    public static void Write(BinaryWriter to, BoardImage image)
    {
        to.Write(image.Seq);
        to.Write(image.IsFinal);
        to.WriteAll(image.Games, Write);
    }

    public static BoardImage ReadImage(FormatReader from) => new(from.ReadInt64(), from.ReadBoolean(), from.ReadAll(ReadChange));

    private static void Write(BinaryWriter to, GameChange change)
    {
        to.Write(change.GameId);
        if (to.Has(change.State is not null))
        {
            Write(to, change.State!);
        }

        to.Write(change.LastAccepted.ToUnixTimeMilliseconds());
        to.WriteAll(change.Outcomes, Write);
    }

    private static GameChange ReadChange(FormatReader from)
    {
        var gameId = from.ReadString();
        return new GameChange(
            gameId,
            from.ReadBoolean() ? ReadState(from, gameId) : null,
            DateTimeOffset.FromUnixTimeMilliseconds(from.ReadInt64()),
            from.ReadAll(ReadOutcome));
    }

    private static void Write(BinaryWriter to, GameState state)
    {
        GameCodec.Write(to, state.Game);
        to.WriteNumber(state.Mark);
        to.EndFields();
    }

    private static GameState ReadState(FormatReader from, string gameId)
    {
        var state = new GameState(GameCodec.Read(from, gameId), from.ReadNumber());
        from.EndFields();
        return state;
    }

    private static void Write(BinaryWriter to, OutcomeState state)
    {
        var (key, outcome, mark) = state;
        to.Write(key.MarketType);
        to.Write(key.Book);
        to.Write(key.Outcome);
        if (to.Has(key.Points is not null))
        {
            to.Write(key.Points!.Value);
        }

        if (to.Has(outcome is not null))
        {
            to.Write(outcome!.Price);
            to.WriteText(outcome.PlayerId);
            to.Write(outcome.Ts);
        }

        to.WriteNumber(mark);
        to.EndFields();
    }

    private static OutcomeState ReadOutcome(FormatReader from)
    {
        var key = new OutcomeKey(from.ReadString(), from.ReadString(), from.ReadString(), from.ReadBoolean() ? from.ReadDecimal() : null);
        var state = new OutcomeState(
            key,
            from.ReadBoolean() ? new Outcome(key, from.ReadDecimal(), from.ReadText(), from.ReadInt64()) : null,
            from.ReadNumber());
        from.EndFields();
        return state;
    }
}
