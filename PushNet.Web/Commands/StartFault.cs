using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using PushNet.Web.Settings;

namespace PushNet.Web.Commands;

/// <summary>Puts into words what kept the server from starting. Pure.</summary>
internal static class StartFault
{
    /// <summary>The fault as a sentence that says what to do. Null for a fault that was not foreseen: its stack trace is needed.</summary>
    /// <param name="fault">What was thrown.</param>
    /// <param name="operators">The addresses for operators and for metrics.</param>
    public static string? Sentence(Exception fault, OperatorOptions operators) => fault switch
    {
        SettingsException => fault.Message,
        IOException { InnerException: AddressInUseException } => $"{fault.Message} {Elsewhere(fault.Message, operators)}",
        InvalidOperationException when fault.Message.Contains("certificate", StringComparison.Ordinal) =>
            "an https address needs a certificate. Name its file in Kestrel__Certificates__Default__Path, and that of its key in "
            + "Kestrel__Certificates__Default__KeyPath; docs/security.md has an example.",
        CryptographicException => $"a certificate can't be used: {fault.Message}",
        IOException or UnauthorizedAccessException or SocketException or FormatException or InvalidOperationException => fault.Message,
        _ => null,
    };

    private static string Elsewhere(string fault, OperatorOptions operators)
    {
        var (operatorUrl, metricsUrl) = (SettingsRules.Name("Operator:Url"), SettingsRules.Name("Operator:Metrics:Url"));
        return IsOf(operators.Url, fault) ? $"That is the address for operators; {operatorUrl} names another, or none when it is empty."
            : IsOf(operators.Metrics.Url, fault) ? $"That is the address for metrics; {metricsUrl} names another, or none when it is empty."
            : $"--urls or ASPNETCORE_URLS names another. A second server also needs an operator port of its own: {operatorUrl}.";
    }

    private static bool IsOf(string url, string fault) =>
        url.Length > 0 && fault.Contains($"{url.TrimEnd('/')}:", StringComparison.Ordinal);
}
