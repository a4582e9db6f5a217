using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using PushNet.Web.Settings;

namespace PushNet.Web.Security;

/// <summary>A key that is known, without the secret.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Scopes">What it may do.</param>
internal sealed record ApiKey(string Name, IReadOnlyList<string> Scopes);

/// <summary>The keys that are known. Holds hashes only and compares in constant time.</summary>
internal sealed class ApiKeyRing
{
    public const int MinLength = 16;
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private readonly (byte[] Sha256, ApiKey Key)[] _keys;

    public ApiKeyRing(PushNetOptions options)
    {
        _keys = [.. options.ApiKeys.Select(key => (HashOf(key), new ApiKey(key.Name, KeyScope.Parse(key.Scopes))))];
        if (options.HasDemoKey)
        {
            DemoKey = $"pn_demo_{RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 32)}";
            _keys = [(Hash(DemoKey), new ApiKey("demo", [KeyScope.Live, KeyScope.Odds]))];
        }
    }

    /// <summary>The key for looking at the demo, random at each start; null when keys are configured.</summary>
    public string? DemoKey { get; }

    /// <summary>True for 16 to 128 characters of <c>[A-Za-z0-9_-]</c> (contract section 1).</summary>
    public static bool IsWellFormed(string key) =>
        key.Length is >= MinLength and <= MaxLength && !key.AsSpan().ContainsAnyExcept(Alphabet);

    /// <summary>Finds the key that was presented; null when it is not known or malformed.</summary>
    public ApiKey? Find(string presented)
    {
        if (!IsWellFormed(presented))
        {
            return null;
        }

        var hash = Hash(presented);
        ApiKey? found = null;
        foreach (var (known, key) in _keys)
        {
            // No early exit: the time must not tell which key came close.
            found = CryptographicOperations.FixedTimeEquals(hash, known) ? key : found;
        }

        return found;
    }

    private static byte[] HashOf(PushNetOptions.ApiKeyOptions key) =>
        key.Sha256.Length > 0 ? Convert.FromHexString(key.Sha256) : Hash(key.Key);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.ASCII.GetBytes(key));
}
