using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PushNet.Actors.Feed.Demo;

/// <summary>Writes the observations of one play of a match (docs/feeding.md#a-game).</summary>
internal sealed class DemoLines
{
    // Names are written unescaped, because the lines never come near HTML.
    private static readonly JsonWriterOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _gameId;
    private readonly string _date;
    private readonly string _start;

    /// <summary>Lines of a play that has an id and a date of its own.</summary>
    /// <param name="match">Name of the match.</param>
    /// <param name="playedFrom">When the play began; makes the id unique.</param>
    /// <param name="start">When the match begins in this play.</param>
    public DemoLines(string match, DateTimeOffset playedFrom, DateTimeOffset start)
    {
        _gameId = string.Create(CultureInfo.InvariantCulture, $"{match}-{playedFrom:yyyyMMdd'T'HHmmss}");
        _date = start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        _start = start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>The recorded line with the play's own id, slug and start.</summary>
    public ReadOnlyMemory<byte> Game(JsonElement template) => Write(json =>
    {
        foreach (var property in template.EnumerateObject())
        {
            switch (property.Name)
            {
                case "at":
                    break;
                case "game_id":
                    json.WriteString(property.Name, _gameId);
                    break;
                case "pn_slug":
                    json.WriteString(property.Name, property.Value.GetString()![..^_date.Length] + _date);
                    break;
                case "start_date":
                    json.WriteString(property.Name, _start);
                    break;
                default:
                    property.WriteTo(json);
                    break;
            }
        }
    });

    /// <summary>The line of a price.</summary>
    public ReadOnlyMemory<byte> Price(PriceQuote quote) => Write(json =>
    {
        json.WriteString("type"u8, "price"u8);
        json.WriteString("game_id"u8, _gameId);
        json.WriteString("pn_market_type"u8, quote.Market);
        json.WriteString("book"u8, quote.Book);
        json.WriteString("outcome"u8, quote.Outcome);
        WriteNumber(json, "points", quote.Points);
        WriteNumber(json, "price", quote.Price);
        json.WriteNull("player_id"u8);
        json.WriteString("source"u8, "demo"u8);
    });

    private static void WriteNumber(Utf8JsonWriter json, string name, decimal? number)
    {
        if (number is { } value)
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> properties)
    {
        var line = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(line, AsWritten);
        json.WriteStartObject();
        properties(json);
        json.WriteEndObject();
        json.Flush();
        return line.WrittenMemory;
    }
}
