using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace PushNet.Web.Security.Keys;

/// <summary>The secrets themselves: how they look, how they are made, and the hash that is kept of them.</summary>
internal static class SecretText
{
    public const int MinLength = 16;
    public const int MaxLength = 128;

    /// <summary>What the secrets begin with that <c>keys create</c> makes.</summary>
    public const string StoredPrefix = "pn_live_";

    /// <summary>What the demo's secret begins with.</summary>
    public const string DemoPrefix = "pn_demo_";

    private const string Base62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int RandomLength = 32;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create(Base62 + "_-");

    /// <summary>True for 16 to 128 characters of <c>[A-Za-z0-9_-]</c>.</summary>
    public static bool IsWellFormed(string secret) =>
        secret.Length is >= MinLength and <= MaxLength && !secret.AsSpan().ContainsAnyExcept(Alphabet);

    /// <summary>A new one: 32 random base62 characters (190 bits) behind the prefix.</summary>
    public static string Create(string prefix) => prefix + RandomNumberGenerator.GetString(Base62, RandomLength);

    /// <summary>
    /// SHA-256. No salt and no slow hash: a secret of 190 random bits can't be guessed, and one that people chose for the settings
    /// is theirs to choose well.
    /// </summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));
}
