using PushNet.Web.Settings;
using static PushNet.Web.Settings.SettingsRules;

namespace PushNet.Web.Rest;

/// <summary>The rules for reading over HTTP in the settings.</summary>
internal static class RestRules
{
    /// <summary>Checks them; the first that is wrong is named.</summary>
    /// <exception cref="SettingsException">A value can't be used.</exception>
    public static void Check(PushNetOptions options)
    {
        InRange("Rest:MaxBodyBytes", options.Rest.MaxBodyBytes, 1024 * 1024, 1_000_000_000_000);
        InRange("Rest:MaxRequestsPerKey", options.Rest.MaxRequestsPerKey, 0, 1_000_000);
        InRange("Rest:MaxRequestsPerAddress", options.Rest.MaxRequestsPerAddress, 0, 1_000_000);
    }
}
