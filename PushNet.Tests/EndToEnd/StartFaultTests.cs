using System.Diagnostics;

namespace PushNet.Tests.EndToEnd;

/// <summary>The server says in one sentence, without a stack trace, what keeps it from starting.</summary>
public sealed class StartFaultTests : IDisposable
{
    private const int AtOnce = 4;

    private static readonly string[] Anywhere = ["--urls", "http://127.0.0.1:0"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_setting_that_must_be_mended_stops_the_start_with_a_sentence()
    {
        await File.WriteAllTextAsync(_folder.File("PushNet.Web.csproj"), "");
        await File.WriteAllTextAsync(_folder.File("appsettings.json"), """{"Logging": oops""");
        List<Fault> faults =
        [
            Setting("PushNet__Limits__MaxConnections", "0", "PushNet__Limits__MaxConnections is 0. It must be from 1 to 1000000."),
            Setting("PushNet__Limits__MaxConections", "10", "PushNet__Limits__MaxConections is not a setting of this version"),
            Setting("PushNet__Limits", "5", "PushNet__Limits is not a setting of this version"),
            Setting("PushNet__Drain__Window", "10", "PushNet__Drain__Window is \"10\". It must be a time with its unit, such as 250ms"),
            Setting("PushNet__Feed__0__Kind", "pigeon", "PushNet__Feed__0__Kind is \"pigeon\""),
            Setting("PushNet__Record__File", "/no/such/folder/match.ndjson", "PushNet__Record__File: "),
            Setting("PushNet__Operator__Url", "http://0.0.0.0:8081", "must be of this machine"),
            Setting("Logging__LogLevel__Default", "loud", "Logging__LogLevel__Default is \"loud\". It must be one of: Trace, Debug"),
            Setting("Logging__Console__FormatterName", "xml", "FormatterName is \"xml\". It must be one of: simple, json, systemd."),
            Setting("ASPNETCORE_URLS", "8080", "ASPNETCORE_URLS is \"8080\". It must be an address such as http://127.0.0.1:8080", []),
            Setting("Kestrel__Endpoints__A__Url", "ftp://x", "Kestrel__Endpoints__A__Url is \"ftp://x\"", []),
            new("", ["--urls", "https://127.0.0.1:0"], [("HOME", _folder.Name)], "an https address needs a certificate"),
            new("", ["--urls", "http://203.0.113.5:8080"], [], "203.0.113.5:8080 can't be listened on: "),
            new($"cd {_folder.Name};", Anywhere, [], "appsettings.json'. 'o' is an invalid start of a value."),
        ];
        if (await HasNamespacesAsync())
        {
            // In a separate network, loopback is down and its IPv6 address is missing.
            faults.Add(new(
                "exec unshare -Urn \"$0\" \"$@\";",
                ["--urls", $"http://unix:{_folder.File("a.sock")}"],
                [("PushNet__Operator__Url", "http://[::1]:8081")],
                "[::1]:8081 can't be listened on: ", "for operators PushNet__Operator__Url"));
        }

        await Parallel.ForEachAsync(faults, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (fault, _) =>
        {
            var (exit, output) = await RunAsync(fault);

            Assert.True(exit == 1, output);
            var told = Assert.Single(output.Split('\n'), line => line.StartsWith("PushNet can't start: ", StringComparison.Ordinal));
            Assert.All(fault.Sentences, sentence => Assert.Contains(sentence, told));
            Assert.DoesNotContain("   at ", output);
        });
    }

    [Fact]
    public async Task An_argument_that_must_be_mended_is_told()
    {
        var key = _folder.File("two.key");
        await File.WriteAllTextAsync(key, "pn_live_00000000000000000000000000000000\npn_live_00000000000000000000000000000001\n");
        Fault[] faults =
        [
            new("", ["swerve"], [], "'swerve'", "serve"),
            new("", [$"@{key}"], [], $"'@{key}'"),
            new("", ["feed", "@nope"], [("PUSHNET_KEY", PushServer.Key)], "@nope"),
            new("", ["feed", key, "--key-file", key], [], $"{key} holds no key. A key is one line of 16 to 128 characters"),
            new("", ["keys", "rotate", "board", "--overlap", "24"], [], "--overlap must be a time such as 250ms, 30s"),
        ];

        await Parallel.ForEachAsync(faults, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (fault, _) =>
        {
            var (exit, output) = await RunAsync(fault);

            Assert.True(exit == 1, output);
            Assert.All(fault.Sentences, sentence => Assert.Contains(sentence, output));
            Assert.DoesNotContain("   at ", output);
        });
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_with_what_names_another_and_is_no_end_that_was_unclean()
    {
        using var data = new ServerData();
        await using (var before = await data.StartAsync())
        {
            await before.StopAsync();
        }

        await using var first = await PushServer.StartAsync();
        using var second = ServerProcess.Start(["--urls", first.Url.ToString()], ("PushNet__Data__Directory", data.Name));
        using var third = ServerProcess.Start(Anywhere, ("PushNet__Operator__Url", first.Url.GetLeftPart(UriPartial.Authority)));

        await second.ExitAsync();

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("address already in use. --urls or ASPNETCORE_URLS names another.", second.Output);
        Assert.Contains("PushNet__Operator__Url", second.Output);
        Assert.DoesNotContain("   at ", second.Output);
        await using var next = await data.StartAsync();
        Assert.InRange((await next.GetJsonAsync("/v1/games/live")).GetProperty("seq").GetInt64(), 0, 999_999);

        await third.ExitAsync();

        Assert.Equal(1, third.ExitCode);
        Assert.Contains("address already in use. That is the address for operators; PushNet__Operator__Url names another", third.Output);
        Assert.DoesNotContain("   at ", third.Output);
    }

    /// <summary>True where a process may have a separate user and network.</summary>
    internal static async Task<bool> HasNamespacesAsync()
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("unshare", ["-Urn", "true"]) { RedirectStandardError = true })!;
            await probe.WaitForExitAsync();
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Fault Setting(string name, string value, string sentence, string[]? arguments = null) =>
        new("", arguments ?? Anywhere, [(name, value)], sentence);

    private static async Task<(int Exit, string Output)> RunAsync(Fault fault)
    {
        using var server = ServerProcess.StartIn(fault.Shell, fault.Arguments, fault.Settings);
        await server.ExitAsync();
        return (server.ExitCode, server.Output);
    }

    private sealed record Fault(string Shell, string[] Arguments, (string Name, string Value)[] Settings, params string[] Sentences);
}
