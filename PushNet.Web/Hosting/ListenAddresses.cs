using System.Net;
using PushNet.Web.Settings;

namespace PushNet.Web.Hosting;

/// <summary>The addresses that the server is told to listen on. Pure.</summary>
internal static class ListenAddresses
{
    private const string Endpoints = "Kestrel:Endpoints";

    /// <summary>Checks all; the first that is wrong is named.</summary>
    /// <exception cref="SettingsException">One of them is not an address.</exception>
    public static void Check(IConfiguration configuration)
    {
        const StringSplitOptions words = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (var url in (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', words))
        {
            Check("--urls or ASPNETCORE_URLS", url);
        }

        foreach (var endpoint in configuration.GetSection(Endpoints).GetChildren())
        {
            Check($"Kestrel__Endpoints__{endpoint.Key}__Url", endpoint["Url"] ?? "");
        }
    }

    /// <summary>A name for the server among others, also among those of its machine: the machine's, and the port.</summary>
    public static string NameOf(string machine, IConfiguration configuration)
    {
        var url = (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';')[0].Trim();
        return $"{machine}-{BindingAddress.Parse(url.Length > 0 ? url : KestrelSetup.DefaultUrl).Port}";
    }

    private static void Check(string setting, string url) => SettingsRules.Require(
        IsAddress(url),
        $"{setting} is \"{url}\". It must be an address such as http://127.0.0.1:8080, with a port up to {IPEndPoint.MaxPort} and no "
            + $"path.");

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https"
                && address.PathBase.Length == 0
                && (address.IsUnixPipe || address.Port is >= 0 and <= IPEndPoint.MaxPort);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
