using static PushNet.Web.Settings.SettingsRules;

namespace PushNet.Web.Settings;

/// <summary>The rules for where the board is kept.</summary>
internal static class DataRules
{
    /// <summary>Checks them; the first that is wrong is named.</summary>
    /// <exception cref="SettingsException">A value can't be used.</exception>
    public static void Check(PushNetOptions options) => Require(
        !options.Data.Standby || options.Data.Postgres.Length > 0,
        $"{Name("Data:Standby")} needs a database that servers share. Give its connection string in {Name("Data:Postgres")}.");
}
