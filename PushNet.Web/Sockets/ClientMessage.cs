using System.Text.Json;

namespace PushNet.Web.Sockets;

/// <summary>What clients may say (docs/protocol.md#pong-error). Pure.</summary>
internal static class ClientMessage
{
    /// <summary>The longest message in bytes.</summary>
    public const int MaxBytes = 4096;

    /// <summary>True for the ways to say ping: <c>{"type":"ping"}</c>, <c>{"action":"ping"}</c>, <c>ping</c>.</summary>
    public static bool IsPing(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Span.SequenceEqual("ping"u8))
        {
            return true;
        }

        try
        {
            using var json = JsonDocument.Parse(utf8);
            return Says(json.RootElement, "type"u8) || Says(json.RootElement, "action"u8);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter is thrown for a string that holds half a surrogate pair.
            return false;
        }
    }

    private static bool Says(JsonElement json, ReadOnlySpan<byte> key) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(key, out var value)
        && value.ValueKind is JsonValueKind.String && value.ValueEquals("ping"u8);
}
