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
    /// <param name="operatorUrl">The address for operators; empty when there is none.</param>
    public static string? Sentence(Exception fault, string operatorUrl) => fault switch
    {
        SettingsException => fault.Message,
        IOException { InnerException: AddressInUseException } => $"{fault.Message} {Elsewhere(IsFor(operatorUrl, fault))}",
        InvalidOperationException when fault.Message.Contains("certificate", StringComparison.Ordinal) =>
            "an https address needs a certificate. Name its file in Kestrel__Certificates__Default__Path, and that of its key in "
            + "Kestrel__Certificates__Default__KeyPath; docs/security.md has an example.",
        CryptographicException => $"a certificate can't be used: {fault.Message}",
        IOException or UnauthorizedAccessException or SocketException or FormatException or InvalidOperationException => fault.Message,
        _ => null,
    };

    private static bool IsFor(string operatorUrl, Exception fault) =>
        operatorUrl.Length > 0 && fault.Message.Contains(operatorUrl.TrimEnd('/'), StringComparison.Ordinal);

    private static string Elsewhere(bool isForOperators)
    {
        var setting = SettingsRules.Name("Operator:Url");
        return isForOperators
            ? $"That is the address for operators; {setting} names another, or none when it is empty."
            : $"--urls or ASPNETCORE_URLS names another. A second server also needs an operator port of its own: {setting}.";
    }
}
