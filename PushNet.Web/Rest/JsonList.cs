using System.Text.Json;

namespace PushNet.Web.Rest;

/// <summary>Lists as the API answers them: how many, and what.</summary>
internal static class JsonList
{
    /// <summary>Writes <c>count</c> and an array into an object that is open.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The array's name.</param>
    /// <param name="items">What is listed.</param>
    /// <param name="write">Writes one of them, as a value.</param>
    public static void WriteList<T>(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyCollection<T> items, Action<T> write)
    {
        json.WriteNumber("count"u8, items.Count);
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }
}
