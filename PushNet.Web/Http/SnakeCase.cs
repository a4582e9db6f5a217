using System.Text.Json;
using PushNet.Actors.Wire;

namespace PushNet.Web.Http;

/// <summary>The form of JSON that is made from types: names are in snake case, and letters are escaped only where they must be.</summary>
internal static class SnakeCase
{
    /// <summary>Gives options this form.</summary>
    /// <param name="options">The options, which are changed.</param>
    /// <returns>The same options.</returns>
    public static JsonSerializerOptions Set(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.Encoder = WireJson.Options.Encoder;
        return options;
    }
}
