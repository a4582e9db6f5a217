using PushNet.Actors.Games;

namespace PushNet.Actors.Journal;

/// <summary>
/// The bytes of entries and board images, made of <see cref="BinaryFields"/>. Writes the newest format, <see cref="BoardPayload.Format"/>,
/// and reads every one.
/// </summary>
internal static class BoardCodec
{
    private const byte RevField = 1;
    private const byte MainField = 2;

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
        to.WriteNumber(state.Mark.Ts);
        WriteRev(to, state.Mark.Rev);
        to.EndFields();
    }

    private static GameState ReadState(FormatReader from, string gameId)
    {
        var (game, ts, rev) = (GameCodec.Read(from, gameId), from.ReadNumber(), Rev.None);
        while (from.ReadField() is not BinaryFields.End and var field)
        {
            rev = field == RevField ? ReadRev(from) : throw FormatReader.Unknown(field);
        }

        return new GameState(game, new Mark(ts, rev));
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

        to.WriteNumber(mark.Ts);
        WriteRev(to, mark.Rev);
        if (outcome is { IsMain: true })
        {
            to.BeginField(MainField);
        }

        to.EndFields();
    }

    private static OutcomeState ReadOutcome(FormatReader from)
    {
        var key = new OutcomeKey(from.ReadString(), from.ReadString(), from.ReadString(), from.ReadBoolean() ? from.ReadDecimal() : null);
        var outcome = from.ReadBoolean() ? new Outcome(key, from.ReadDecimal(), from.ReadText(), from.ReadInt64()) : null;
        var (ts, rev) = (from.ReadNumber(), Rev.None);
        while (from.ReadField() is not BinaryFields.End and var field)
        {
            switch (field)
            {
                case RevField:
                    rev = ReadRev(from);
                    break;
                case MainField:
                    outcome = outcome! with { IsMain = true };
                    break;
                default:
                    throw FormatReader.Unknown(field);
            }
        }

        return new OutcomeState(key, outcome, new Mark(ts, rev));
    }

    private static void WriteRev(BinaryWriter to, Rev rev)
    {
        if (rev.IsThere)
        {
            to.BeginField(RevField);
            to.Write(rev.Number);
            to.Write(rev.Numbering);
        }
    }

    private static Rev ReadRev(FormatReader from) => new(from.ReadInt64(), from.ReadInt64());
}
