using System.Buffers.Binary;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Fuzz;

/// <summary>Random bytes that a client might send behind its handshake: mainly frames, well made or badly, sometimes noise.</summary>
internal static class FrameStreams
{
    private static readonly byte[][] Texts =
    [
        "ping"u8.ToArray(), """{"type":"ping"}"""u8.ToArray(), "hello"u8.ToArray(), [], "⚽"u8.ToArray(), [0xE2, 0x9A], [0xC3, 0x28],
        "{\"type\":\"\\ud800\"}"u8.ToArray(),
    ];

    private static readonly int[] Opcodes = [0x0, 0x1, 0x1, 0x1, 0x2, 0x8, 0x9, 0x9, 0xA, 0x3, 0xB, 0xF];

    public static byte[] Make(Random random)
    {
        using var stream = new MemoryStream();
        for (var frames = random.Next(1, 9); frames > 0; frames--)
        {
            if (random.Next(12) == 0)
            {
                var noise = new byte[random.Next(1, 40)];
                random.NextBytes(noise);
                stream.Write(noise);
            }
            else
            {
                WriteFrame(stream, random);
            }
        }

        // Now and then cut off anywhere.
        return random.Next(4) == 0 ? stream.ToArray()[..random.Next((int)stream.Length)] : stream.ToArray();
    }

    private static void WriteFrame(MemoryStream stream, Random random)
    {
        var (payload, compressed) = random.Next(4) == 0 ? (Deflated(random), 0x40) : (Payload(random), 0);
        var opcode = Opcodes[random.Next(Opcodes.Length)];
        var isFinal = random.Next(5) > 0;
        var reserved = random.Next(20) == 0 ? random.Next(1, 8) << 4 : compressed;
        var isMasked = random.Next(20) > 0;
        stream.WriteByte((byte)((isFinal ? 0x80 : 0) | reserved | opcode));
        WriteLength(stream, random, payload.Length, isMasked ? 0x80 : 0);
        var mask = new byte[4];
        if (isMasked)
        {
            random.NextBytes(mask);
            stream.Write(mask);
        }

        for (var i = 0; i < payload.Length; i++)
        {
            stream.WriteByte((byte)(payload[i] ^ mask[i % 4]));
        }
    }

    /// <summary>Compressed, whole or damaged; now and then much more than it looks.</summary>
    private static byte[] Deflated(Random random)
    {
        var payload = RawClient.Deflate(random.Next(20) == 0 ? new byte[100_000] : Payload(random));
        if (random.Next(4) == 0 && payload.Length > 0)
        {
            payload[random.Next(payload.Length)] = (byte)random.Next(256);
        }

        return payload;
    }

    private static byte[] Payload(Random random)
    {
        switch (random.Next(10))
        {
            case 0:
                var code = new byte[2 + random.Next(4)];
                BinaryPrimitives.WriteUInt16BigEndian(code, (ushort)random.Next(990, 5005));
                return code;
            case 1:
                var noise = new byte[random.Next(0, 300)];
                random.NextBytes(noise);
                return noise;
            case 2:
                return [.. Enumerable.Repeat((byte)'x', random.Next(4_000, 4_200))];
            default:
                return Texts[random.Next(Texts.Length)];
        }
    }

    /// <summary>A length in one of the three forms, which need not be the shortest, and is seldom the truth.</summary>
    private static void WriteLength(MemoryStream stream, Random random, int length, int maskBit)
    {
        Span<byte> wide = stackalloc byte[8];
        var told = random.Next(40) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : length;
        if (told is >= 0 and <= 125 && random.Next(8) > 0)
        {
            stream.WriteByte((byte)(maskBit | (int)told));
        }
        else if (told is >= 0 and <= 65_535 && random.Next(4) > 0)
        {
            stream.WriteByte((byte)(maskBit | 126));
            BinaryPrimitives.WriteUInt16BigEndian(wide, (ushort)told);
            stream.Write(wide[..2]);
        }
        else
        {
            stream.WriteByte((byte)(maskBit | 127));
            BinaryPrimitives.WriteInt64BigEndian(wide, told);
            stream.Write(wide);
        }
    }
}
