using PushNet.Web.Settings;
using static PushNet.Web.Settings.SettingsRules;

namespace PushNet.Web.Security.Keys;

/// <summary>The rules for keys in the settings.</summary>
internal static class KeyRules
{
    /// <summary>Checks them; the first that is wrong is named.</summary>
    /// <exception cref="SettingsException">A value can't be used.</exception>
    public static void Check(PushNetOptions options)
    {
        const string path = "ApiKeys:N";
        var keys = options.ApiKeys;
        foreach (var key in keys)
        {
            Require(key.Name.Length > 0, $"{Name(path)}__Name is missing for one of the keys. Give each a name to be known by.");
            Require(keys.Count(other => other.Name == key.Name) == 1, $"{Name(path)}__Name \"{key.Name}\" is used twice.");
            Require(key.Key.Length > 0 != key.Sha256.Length > 0,
                $"{Name(path)}: the key named \"{key.Name}\" needs one of Key and Sha256.");
            Require(
                key.Key.Length == 0 || SecretText.IsWellFormed(key.Key),
                $"{Name(path)}__Key of \"{key.Name}\" must be {SecretText.MinLength} to {SecretText.MaxLength} characters of A-Z, a-z, "
                    + $"0-9, _ and -.");
            Require(
                key.Sha256.Length == 0 || (key.Sha256.Length == 64 && key.Sha256.All(char.IsAsciiHexDigit)),
                $"{Name(path)}__Sha256 of \"{key.Name}\" must be 64 hex digits.");
            var scopes = KeyScope.Parse(key.Scopes);
            Require(
                scopes.Count > 0 && scopes.All(KeyScope.All.Contains),
                $"{Name(path)}__Scopes of \"{key.Name}\" is \"{key.Scopes}\". It must name one or more of "
                    + $"{string.Join(", ", KeyScope.All)}, separated by commas.");
        }
    }
}
