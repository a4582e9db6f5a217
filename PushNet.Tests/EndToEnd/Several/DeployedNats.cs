using System.Text.RegularExpressions;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>The configuration of NATS in deploy/, for one server that is alone.</summary>
/// <param name="folder">Where the configuration and the log of NATS are.</param>
internal sealed partial class DeployedNats(TempFolder folder)
{
    private static readonly string Deployed = File.ReadAllText(DocsTests.PathOf("deploy/nats.conf"));

    /// <summary>What the user of PushNet may use, as subjects.</summary>
    public static IReadOnlyList<string> Permissions { get; } = [.. Subject().Matches(Deployed).Select(match => match.Groups[1].Value)];

    /// <summary>What NATS logged.</summary>
    public string Log => File.ReadAllText(folder.File("log"));

    /// <summary>Starts it.</summary>
    /// <param name="without">Subjects that the user may not use.</param>
    public Task<NatsServer> StartAsync(params string[] without)
    {
        Write(without);
        return NatsServer.StartAsync("-c", folder.File("nats.conf"), "-l", folder.File("log"));
    }

    /// <summary>Starts it again, with other permissions.</summary>
    /// <param name="nats">The server.</param>
    /// <param name="without">Subjects that the user may not use.</param>
    public async Task StartAgainAsync(NatsServer nats, params string[] without)
    {
        await nats.KillAsync();
        Write(without);
        await nats.StartAgainAsync();
    }

    /// <summary>The address, as the user of PushNet.</summary>
    public static string UrlOf(NatsServer nats) => nats.Url.Replace("nats://", "nats://pushnet:secret@", StringComparison.Ordinal);

    // The one server that runs here is of a version that does not know the interval of syncs.
    private void Write(string[] without)
    {
        var alone = Alone().Replace(Deployed, "");
        Assert.True(alone.Length < Deployed.Length - 100, "what is left out here is not there");
        foreach (var subject in without)
        {
            Assert.Contains($"\"{subject}\"", alone, StringComparison.Ordinal);
            alone = alone.Replace($"\"{subject}\"", "\"other\"", StringComparison.Ordinal);
        }

        File.WriteAllText(folder.File("nats.conf"), $"PUSHNET_PASSWORD: secret\n{alone}");
    }

    [GeneratedRegex(
        @"^(server_name|port|  store_dir|  sync_interval):[^\n]*$|^cluster \{.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Alone();

    [GeneratedRegex("\"([^\"\\s]+[.][^\"\\s]+)\"")]
    private static partial Regex Subject();
}
