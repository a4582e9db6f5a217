namespace PushNet.Actors.Journal;

/// <summary>
/// What entries and board images are made of. All numbers are little-endian. A string is its length in bytes (7 bits per byte) and then
/// UTF-8. A value that may be missing has a byte before it, which is 1 when it is there. Decimals keep their scale. From format 2 on, an
/// object may have optional fields behind the others: each has its number in a byte before its value, and <see cref="End"/> stands
/// behind the last one.
/// </summary>
internal static class BinaryFields
{
    /// <summary>Stands behind the optional fields of an object.</summary>
    public const byte End = 0;

    /// <summary>Begins an optional field.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="number">Its number within its object, from 1. Later versions never use it for anything else.</param>
    public static void BeginField(this BinaryWriter to, byte number) => to.Write(number);

    /// <summary>Ends the optional fields of an object, even when it has none.</summary>
    public static void EndFields(this BinaryWriter to) => to.Write(End);

    public static void WriteText(this BinaryWriter to, string? text)
    {
        if (to.Has(text is not null))
        {
            to.Write(text!);
        }
    }

    public static string? ReadText(this BinaryReader from) => from.ReadBoolean() ? from.ReadString() : null;

    public static void WriteNumber(this BinaryWriter to, long? number)
    {
        if (to.Has(number is not null))
        {
            to.Write(number!.Value);
        }
    }

    public static long? ReadNumber(this BinaryReader from) => from.ReadBoolean() ? from.ReadInt64() : null;

    public static bool Has(this BinaryWriter to, bool isThere)
    {
        to.Write(isThere);
        return isThere;
    }

    public static void WriteAll<T>(this BinaryWriter to, IReadOnlyCollection<T> all, Action<BinaryWriter, T> write)
    {
        to.Write7BitEncodedInt(all.Count);
        foreach (var one in all)
        {
            write(to, one);
        }
    }

    public static T[] ReadAll<T>(this FormatReader from, Func<FormatReader, T> read)
    {
        var all = new T[from.Read7BitEncodedInt()];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = read(from);
        }

        return all;
    }
}
