namespace PushNet.Bench.Load;

/// <summary>Cuts a body in chunks into server-sent events. Pure.</summary>
internal static class EventCutter
{
    /// <summary>Cuts off what is first.</summary>
    /// <param name="bytes">What was read.</param>
    /// <param name="json">The data of an event; empty for a comment, and for what frames a chunk.</param>
    /// <param name="length">How many bytes were cut off.</param>
    /// <returns>False when it is not complete.</returns>
    public static bool TryCut(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> json, out int length)
    {
        // The length of a chunk is in capitals.
        var isEvent = bytes.StartsWith("e"u8) || bytes.StartsWith(":"u8);
        var end = isEvent ? bytes.IndexOf("\n\n"u8) : bytes.IndexOf("\r\n"u8);
        json = [];
        length = end + 2;
        if (end < 0)
        {
            return false;
        }

        var before = bytes[..end].IndexOf("data: "u8);
        json = isEvent && before >= 0 ? bytes[(before + 6)..end] : [];
        return true;
    }
}
