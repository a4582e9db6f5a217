using System.Text.Json;

namespace PushNet.Client;

/// <summary>A message of the server.</summary>
/// <param name="Type">Its type on the wire, for instance <c>score_change</c>.</param>
public abstract record Frame(string Type)
{
    /// <summary>Reads a frame.</summary>
    /// <param name="utf8">One message: a JSON object.</param>
    /// <exception cref="JsonException">It is no frame.</exception>
    public static Frame Parse(ReadOnlySpan<byte> utf8)
    {
        var type = TypeOf(utf8);
        return FrameJson.Read(type, utf8) ?? new UnknownFrame(type, JsonElement.Parse(utf8));
    }

    private static string TypeOf(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
            {
                return reader.GetString()!;
            }

            reader.Skip();
        }

        throw new JsonException("a frame has a type");
    }
}

/// <summary>A frame that has a place among the events of the server.</summary>
/// <param name="Type">Its type on the wire.</param>
public abstract record NumberedFrame(string Type) : Frame(Type)
{
    /// <summary>When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970.</summary>
    public required long Ts { get; init; }

    /// <summary>The number of the event, or of the newest event before a frame that has none of its own.</summary>
    public required long Seq { get; init; }
}

/// <summary>A frame of a type that is newer than this client. Ignore it, or read it yourself.</summary>
/// <param name="Type">Its type on the wire.</param>
/// <param name="Json">The whole frame.</param>
public sealed record UnknownFrame(string Type, JsonElement Json) : Frame(Type);
