using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Clients;

/// <summary>The packages of the clients, made and used as a stranger would.</summary>
public sealed partial class ClientPackagesTests : IDisposable
{
    private const string NodeModules = "PushNet.Tests/Clients/node_modules";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_have_the_version_of_the_server()
    {
        var version = Version().Match(Read("Directory.Build.props")).Groups[1].Value;

        Assert.Equal(version, JsonNode.Parse(Read("clients/js/package.json"))!["version"]!.GetValue<string>());
        Assert.Contains($"\nversion = \"{version}\"\n", Read("clients/python/pyproject.toml"), StringComparison.Ordinal);
    }

    [FactWithFile($"{NodeModules}/typescript/package.json")]
    public async Task The_one_of_npm_packs_compiles_strictly_and_works_in_a_project_of_commonjs()
    {
        await RunAsync("npm", $"pack --silent --pack-destination {_folder.Name}", "clients/js");
        await RunAsync("tar", $"xzf {Directory.GetFiles(_folder.Name, "*.tgz").Single()}");
        Directory.CreateSymbolicLink(In("node_modules"), DocsTests.PathOf(NodeModules));
        Directory.CreateDirectory(In("user/node_modules"));
        Directory.Move(In("package"), In("user/node_modules/pushnet-client"));
        Assert.Equal(
            ["README.md", "frames.d.ts", "package.json", "pushnet-client.d.ts", "pushnet-client.js"],
            Directory.GetFiles(In("user/node_modules/pushnet-client")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // The module under another name, so that it is checked itself and not what its types say.
        Directory.CreateDirectory(In("user/module"));
        foreach (var file in Directory.GetFiles(DocsTests.PathOf("clients/js"), "*.*s*"))
        {
            var name = Path.GetFileName(file);
            File.Copy(file, In($"user/module/{(name == "pushnet-client.js" ? "implementation.js" : name)}"));
        }

        File.Copy(DocsTests.PathOf("PushNet.Tests/Clients/types.ts"), In("user/types.mts"));
        await RunAsync(
            "node",
            "../node_modules/typescript/bin/tsc --noEmit --strict --allowJs --checkJs --target es2022 --module nodenext "
                + "--lib es2023,dom,dom.iterable --types node types.mts",
            In("user"));

        File.WriteAllText(In("user/package.json"), """{"type":"commonjs"}""");
        File.WriteAllText(In("user/index.js"), """
            delete globalThis.WebSocket;
            import('pushnet-client').then(({ Board, PushNetClient }) => {
              console.log(new Board().games.size);
              try { new PushNetClient('ws://127.0.0.1/ws/live', 'key'); } catch (e) { console.log(e.message); }
            });
            """);
        var told = await RunAsync("node", "index.js", In("user"));
        Assert.StartsWith("0\nthere is no WebSocket here: npm install ws", told, StringComparison.Ordinal);
    }

    [FactWithFile("/usr/lib/python3/dist-packages/build/__main__.py")]
    public async Task The_wheel_of_python_is_built_and_imported()
    {
        await RunAsync("cp", $"-r {DocsTests.PathOf("clients/python")} .");
        await RunAsync("/usr/bin/python3", $"-m build --wheel --no-isolation --outdir {_folder.Name} python");
        await ZipFile.ExtractToDirectoryAsync(Directory.GetFiles(_folder.Name, "pushnet-*-py3-none-any.whl").Single(), In("site"));

        Assert.True(File.Exists(In("site/pushnet/py.typed")));
        var told = await RunAsync(
            "/usr/bin/python3", "-c \"import pushnet; print(pushnet.__file__, pushnet.filter_value('a, b'))\"", In("site"));
        Assert.Equal($"{In("site/pushnet/__init__.py")} a%5C%2C%20b\n", told);
    }

    [FactWithFile("/usr/bin/mypy")]
    public async Task Python_3_9_would_take_the_types_of_its_client() =>
        await RunAsync("mypy", $"--cache-dir {In("cache")} --config-file pyproject.toml -p pushnet", "clients/python");

    [FactWithFile("clients/dotnet/PushNet.Client.csproj")]
    public async Task The_one_of_nuget_packs()
    {
        await RunAsync("dotnet", $"pack clients/dotnet -c Release --no-build --nologo -v quiet -o {_folder.Name}", "");
        await using var package = await ZipFile.OpenReadAsync(Directory.GetFiles(_folder.Name, "*.nupkg").Single());

        string[] expected = ["README.md", "lib/net10.0/PushNet.Client.dll", "lib/net10.0/PushNet.Client.xml"];
        Assert.Equal(expected, package.Entries.Select(entry => entry.FullName).Intersect(expected).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("<Version>(.*)</Version>")]
    private static partial Regex Version();

    private static string Read(string file) => File.ReadAllText(DocsTests.PathOf(file));

    private string In(string path) => _folder.File(path);

    /// <summary>Runs a program in a folder, by default the test's own, and returns what it printed; fails when it fails.</summary>
    private async Task<string> RunAsync(string program, string arguments, string? folder = null)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder is null ? _folder.Name : DocsTests.PathOf(folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(PushServer.Patience);
        await process.WaitForExitAsync().WaitAsync(PushServer.Patience);
        Assert.True(process.ExitCode == 0, $"{program} {arguments}\n{output}{await errors}");
        return output;
    }
}
