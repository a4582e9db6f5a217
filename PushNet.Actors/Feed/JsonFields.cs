using System.Text.Json;
using PushNet.Actors.Games;

namespace PushNet.Actors.Feed;

/// <summary>What is wrong with a field, as a sentence for the sender.</summary>
internal sealed class FieldException(string message) : Exception(message);

/// <summary>Reads the fields of one JSON object and says in a sentence what is wrong. A missing key means null.</summary>
internal readonly struct JsonFields
{
    private readonly JsonElement _object;
    private readonly string _path;

    public JsonFields(JsonElement element, string path)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            throw new FieldException($"{(path.Length == 0 ? "the line" : path.TrimEnd('.'))} must be a JSON object");
        }

        (_object, _path) = (element, path);
    }

    public string? String(string name, int maxLength = FeedParser.MaxStringLength)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        var text = value.ValueKind is JsonValueKind.String ? value.GetString()! : throw Wrong(name, "a string or null");
        return text.Length <= maxLength || text.EnumerateRunes().Count() <= maxLength
            ? text : throw new FieldException($"{_path}{name} is longer than {maxLength} characters");
    }

    public string RequiredString(string name) =>
        String(name) is { Length: > 0 } text ? text : throw new FieldException($"{_path}{name} is missing or empty");

    /// <summary>A string that is more than white space.</summary>
    public string RequiredText(string name) => RequiredString(name) is var text && !string.IsNullOrWhiteSpace(text)
        ? text : throw new FieldException($"{_path}{name} is white space only");

    public int? Integer(string name) => Value(name) switch
    {
        null => null,
        { } value when Whole(value) is >= int.MinValue and <= int.MaxValue and var number => (int)number,
        _ => throw Wrong(name, "an integer or null"),
    };

    public long? Long(string name) => Value(name) switch
    {
        null => null,
        { } value when Whole(value) is { } number => number,
        _ => throw Wrong(name, "an integer or null"),
    };

    public long? EpochMilliseconds(string name) => Value(name) switch
    {
        null => null,
        { } value when Whole(value) is >= 0 and var number => number >= FeedParser.EarliestTs ? number
            : throw new FieldException($"{_path}{name} {number} is before 2001; it must be in milliseconds since 1970, not in seconds"),
        _ => throw Wrong(name, "epoch milliseconds, an integer from 0, or null"),
    };

    public decimal? Decimal(string name) => Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetDecimal(out var number)
            && Math.Abs(number) <= FeedParser.MaxNumber => number,
        _ => throw Wrong(name, $"a number from -{FeedParser.MaxNumber} to {FeedParser.MaxNumber}, or null"),
    };

    public bool? Boolean(string name) => Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name, "true, false or null"),
    };

    /// <summary>One of the words of an enumeration.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum => String(name) is { } word ? Found<T>(name, word) : null;

    public T RequiredWord<T>(string name)
        where T : struct, Enum => Found<T>(name, RequiredString(name));

    public IReadOnlyList<JsonFields>? Objects(string name, int max)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        var path = $"{_path}{name}";
        return value.ValueKind is not JsonValueKind.Array ? throw Wrong(name, "an array of objects, or null")
            : value.GetArrayLength() > max ? throw new FieldException($"{path} has more than {max} entries")
            : [.. value.EnumerateArray().Select((one, i) => new JsonFields(one, $"{path}[{i}]."))];
    }

    public JsonFields? Object(string name) => Value(name) is { } value ? new JsonFields(value, $"{_path}{name}.") : null;

    public JsonFields RequiredObject(string name) => Object(name) ?? throw new FieldException($"{_path}{name} is missing");

    /// <summary>True when a key is there, with null or another value.</summary>
    public bool Has(string name) => _object.TryGetProperty(name, out _);

    /// <summary>For keys whose null means something other than their absence.</summary>
    public JsonFields RequiredKey(string name) =>
        Has(name) ? this : throw new FieldException($"{_path}{name} is missing; null withdraws the outcome");

    private T Found<T>(string name, string word)
        where T : struct, Enum
    {
        if (Words<T>.Find(word) is { } found)
        {
            return found;
        }

        var all = Words<T>.All.Select(one => $"\"{one}\"").ToList();
        throw new FieldException($"{_path}{name} is \"{word}\"; it must be {string.Join(", ", all.SkipLast(1))} or {all[^1]}");
    }

    // Many languages write 1 as 1.0, and the time in milliseconds as 1764500000000.0. The double tells what a decimal rounded away.
    private static long? Whole(JsonElement value) =>
        value.ValueKind is not JsonValueKind.Number ? null
        : value.TryGetInt64(out var integer) ? integer
        : value.TryGetDecimal(out var number) && number is >= long.MinValue and <= long.MaxValue && (double)(
            long)number == value.GetDouble() ? (long)number
        : null;

    private JsonElement? Value(string name) =>
        _object.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private FieldException Wrong(string name, string expected) => new($"{_path}{name} must be {expected}");
}
