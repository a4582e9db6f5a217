using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Actors.Log.Entries;

namespace PushNet.Actors.Log.Replica;

/// <summary>The board and the state of the log behind one message: whoever has it reads on from there.</summary>
/// <param name="Log">Tells the log from others, also from one of the same name that was there before.</param>
/// <param name="State">The state of the log.</param>
/// <param name="Board">The board.</param>
internal sealed record LogImage(string Log, LogState State, BoardImage Board)
{
    private const byte Format = 1;
    private const int CrcLength = 4;
    private const string NamePrefix = "board-";

    /// <summary>The name of the image behind a message: names in order are images in order.</summary>
    public static string NameOf(long sequence) => $"{NamePrefix}{sequence.ToString("D20", CultureInfo.InvariantCulture)}";

    /// <summary>The message behind which an image of this name stands; null when it is no name of an image.</summary>
    public static long? SequenceOf(string name) =>
        name.StartsWith(NamePrefix, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(NamePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence : null;

    /// <summary>
    /// A CRC-32 (4 bytes) of what follows; the format (1 byte); packed by Brotli: the format of the board, the log, its state, the board.
    /// </summary>
    public byte[] ToBytes()
    {
        var stream = new MemoryStream();
        stream.Write(new byte[CrcLength]);
        stream.WriteByte(Format);
        using (var packed = new BrotliStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        using (var to = new BinaryWriter(packed, Encoding.UTF8))
        {
            to.Write(BoardPayload.Format);
            to.Write(Log);
            State.Write(to);
            var board = BoardPayload.Write(Board);
            to.Write(board.Length);
            to.Write(board);
        }

        var bytes = stream.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Crc32.HashToUInt32(bytes.AsSpan(CrcLength)));
        return bytes;
    }

    /// <summary>Reads an image.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="LogFormatException">A later version wrote it, or it is of rules that this version does not know.</exception>
    public static LogImage Read(byte[] bytes)
    {
        if (!BoardPayload.IsIntact(bytes) || bytes.Length == CrcLength)
        {
            throw new InvalidDataException("the image is damaged");
        }

        using var packed = new BrotliStream(
            new MemoryStream(bytes, CrcLength + 1, bytes.Length - CrcLength - 1), CompressionMode.Decompress);
        using var from = new FormatReader(packed, BoardPayload.Format);
        if (bytes[CrcLength] != Format || from.ReadInt32() is not (> 0 and <= BoardPayload.Format and var board))
        {
            throw new LogFormatException("the image was written by a later version of PushNet. Update this server.");
        }

        var (log, state) = (from.ReadString(), LogState.Read(from));
        if (state.Rules is { Number: var number } && !BoardRules.Knows(number))
        {
            throw new LogFormatException($"the image is of rules {number}, and this version knows {BoardRules.Known}. Update this server.");
        }

        return new LogImage(log, state, BoardPayload.ReadImage(from.ReadBytes(from.ReadInt32()), board));
    }
}
