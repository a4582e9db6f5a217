using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.FileSystemGlobbing;
using PushNet.Tests.EndToEnd;
using PushNet.Tests.Settings;

namespace PushNet.Tests.Deployment;

/// <summary>What can be tried of the container image and of deploy/compose.yaml where there are no images.</summary>
public sealed partial class ContainerTests
{
    private const string Compose = "/usr/bin/docker-compose";

    private static readonly string[] Dockerfile = File.ReadAllLines(DocsTests.PathOf("deploy/Dockerfile"));

    [Theory]
    [InlineData(".git/config", true)]
    [InlineData("PushNet.Web/data/keys.db", true)]
    [InlineData("data/keys.db", true)]
    [InlineData("PushNet.Web/bin/Release/net10.0/PushNet.Web.dll", true)]
    [InlineData("PushNet.Actors/obj/project.assets.json", true)]
    [InlineData("PushNet.Tests/Scoreboard/client/node_modules/ws/index.js", true)]
    [InlineData("deploy/metrics.key", true)]
    [InlineData("deploy/.env", true)]
    [InlineData(".editorconfig", false)]
    [InlineData("hocon/pushnet.hocon", false)]
    [InlineData("PushNet.Web/Data/BoardFile.cs", false)]
    [InlineData("PushNet.Web/wwwroot/index.html", false)]
    public void The_image_is_built_from_the_sources_alone(string file, bool isLeftOut)
    {
        var lines = File.ReadAllLines(DocsTests.PathOf(".dockerignore")).Where(line => line.Length > 0 && line[0] != '#').ToList();
        var ignored = new Matcher(StringComparison.Ordinal);
        foreach (var pattern in lines.Where(line => line[0] != '!'))
        {
            // Where Docker leaves a directory out, everything in it is.
            ignored.AddInclude(pattern).AddInclude($"{pattern}/**");
        }

        Assert.Equal(isLeftOut, ignored.Match(file).HasMatches && !lines.Contains($"!{file}"));
    }

    [Fact]
    public void Packages_are_restored_before_the_sources_are_copied_from_files_that_are_there()
    {
        var copied = Dockerfile.TakeWhile(line => !line.StartsWith("RUN dotnet restore", StringComparison.Ordinal))
            .Where(line => line.StartsWith("COPY ", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1])
            .ToList();
        var projects = ProjectReference().Matches(File.ReadAllText(DocsTests.PathOf("PushNet.Web/PushNet.Web.csproj")))
            .Select(match => match.Groups["project"].Value)
            .Append("PushNet.Web/PushNet.Web.csproj");

        Assert.All(copied, file => Assert.True(File.Exists(DocsTests.PathOf(file)), file));
        Assert.Empty(projects.Except(copied));
        Assert.Empty(Directory.GetFiles(DocsTests.Root, "*.props").Select(Path.GetFileName).Except(copied));
    }

    [Fact]
    public async Task The_health_check_tells_a_server_that_is_ready_from_one_that_is_not_and_from_none()
    {
        await using var server = await PushServer.StartAsync();
        Assert.Equal(0, await CheckHealthAsync(server.Url.Port));

        using var notReady = new TcpListener(IPAddress.Loopback, 0);
        notReady.Start();
        var port = ((IPEndPoint)notReady.LocalEndpoint).Port;
        var answer = Task.Run(async () =>
        {
            using var client = await notReady.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        });
        Assert.NotEqual(0, await CheckHealthAsync(port));
        await answer;
        notReady.Stop();
        Assert.NotEqual(0, await CheckHealthAsync(port));
    }

    [FactWithFile(Compose)]
    public async Task Compose_takes_the_file_and_its_settings_are_the_servers()
    {
        // Where somebody has run it, deploy/.env has the hash already.
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("empty.env"), "");
        string[] arguments = ["--env-file", folder.File("empty.env"), "-f", DocsTests.PathOf("deploy/compose.yaml"), "config"];
        var config = await RunAsync(Compose, arguments, ("METRICS_KEY_SHA256", new string('0', 64)));
        Assert.True(config.Exit == 0, config.Output);

        SettingsGiven.Read([.. Setting().Matches(config.Output).Select(setting => (
            setting.Groups["name"].Value.Replace("__", ":", StringComparison.Ordinal),
            setting.Groups["value"].Value.Trim('\'', '"')))]);
        var mounted = Mounted().Matches(config.Output).Select(mount => mount.Groups["file"].Value).ToList();
        Assert.True(mounted.Count >= 6, config.Output);
        Assert.Empty(mounted.Where(file => !File.Exists(file)).Select(Path.GetFileName).Except(["metrics.key"]));

        var without = await RunAsync(Compose, arguments, ("METRICS_KEY_SHA256", ""));
        Assert.NotEqual(0, without.Exit);
        Assert.Contains("see the top of compose.yaml", without.Output);
    }

    private static async Task<int> CheckHealthAsync(int port)
    {
        var check = Dockerfile.Single(line => line.StartsWith("HEALTHCHECK", StringComparison.Ordinal));
        var command = JsonSerializer.Deserialize<string[]>(check[check.IndexOf('[', StringComparison.Ordinal)..])!;
        Assert.Contains("/8080 ", command[^1]);
        command[^1] = command[^1].Replace("/8080 ", $"/{port} ", StringComparison.Ordinal);
        return (await RunAsync(command[0], command[1..])).Exit;
    }

    private static async Task<(int Exit, string Output)> RunAsync(string program, string[] arguments, params (string, string)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(PushServer.Patience);
        return (process.ExitCode, await output + await error);
    }

    [GeneratedRegex("""<ProjectReference Include="\.\./(?<project>[^"]+)" """)]
    private static partial Regex ProjectReference();

    [GeneratedRegex("^ +PushNet__(?<name>[A-Za-z0-9_]+): (?<value>.+)$", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex(@"^ +- (?<file>/[^:\n]+):/[^:\n]+:ro$", RegexOptions.Multiline)]
    private static partial Regex Mounted();
}
