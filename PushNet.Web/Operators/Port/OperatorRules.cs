using PushNet.Web.Settings;
using static PushNet.Web.Settings.SettingsRules;

namespace PushNet.Web.Operators.Port;

/// <summary>The rule for the operators' address in the settings.</summary>
internal static class OperatorRules
{
    /// <summary>Checks it.</summary>
    /// <exception cref="SettingsException">It can't be used.</exception>
    public static void Check(PushNetOptions options)
    {
        Require(OperatorAddress.Fault(options.Operator.Url) is null,
            $"{Name("Operator:Url")} is \"{options.Operator.Url}\". {OperatorAddress.Fault(options.Operator.Url)}");
    }
}
