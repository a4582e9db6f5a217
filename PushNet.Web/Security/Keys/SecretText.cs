using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace PushNet.Web.Security.Keys;

/// <summary>The secrets themselves: how they look, how they are made, and the hash that is kept of them.</summary>
internal static class SecretText
{
    public const int MinLength = 16;
    public const int MaxLength = 128;

    /// <summary>What the demo's secret begins with.</summary>
    public const string DemoPrefix = "pn_demo_";

    /// <summary>What the demo's secret for operators begins with.</summary>
    public const string DemoOperatorPrefix = "pn_demo_ops_";

    private const string Base62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int RandomLength = 32;

    // The most powerful first.
    private static readonly string[] Scopes = [KeyScope.Ops, KeyScope.Ingest, KeyScope.Metrics, KeyScope.Odds, KeyScope.Live];

    private static readonly SearchValues<char> Alphabet = SearchValues.Create(Base62 + "_-");

    /// <summary>True for 16 to 128 characters of <c>[A-Za-z0-9_-]</c>.</summary>
    public static bool IsWellFormed(string secret) =>
        secret.Length is >= MinLength and <= MaxLength && !secret.AsSpan().ContainsAnyExcept(Alphabet);

    /// <summary>What a stored secret begins with. It tells whoever finds the secret the most powerful scope that it opens.</summary>
    /// <param name="scopes">The scopes of its key; at least one.</param>
    public static string PrefixOf(IReadOnlyCollection<string> scopes) => $"pn_{Scopes.First(scopes.Contains)}_";

    /// <summary>A new one: 32 random base62 characters (190 bits) behind the prefix.</summary>
    public static string Create(string prefix) => prefix + RandomNumberGenerator.GetString(Base62, RandomLength);

    /// <summary>
    /// SHA-256. No salt and no slow hash: a secret of 190 random bits can't be guessed, and one that people chose for the settings
    /// is theirs to choose well.
    /// </summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));
}
