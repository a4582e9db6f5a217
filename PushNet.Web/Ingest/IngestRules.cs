using PushNet.Web.Settings;
using static PushNet.Web.Settings.SettingsRules;

namespace PushNet.Web.Ingest;

/// <summary>The rules for ingest in the settings.</summary>
internal static class IngestRules
{
    /// <summary>Checks them; the first that is wrong is named.</summary>
    /// <exception cref="SettingsException">A value can't be used.</exception>
    public static void Check(PushNetOptions options)
    {
        InRange("Ingest:IdleTimeout", options.Ingest.IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
        InRange("Ingest:MaxBodies", options.Ingest.MaxBodies, 1, 1_000_000);
        InRange("Ingest:MaxBodiesPerKey", options.Ingest.MaxBodiesPerKey, 0, 1_000_000);
        InRange("Ingest:StaleAfter", options.Ingest.StaleAfter, TimeSpan.Zero, TimeSpan.FromDays(365));
    }
}
