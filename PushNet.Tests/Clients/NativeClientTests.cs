using System.Diagnostics;
using System.Reflection;
using PushNet.Client;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Clients;

/// <summary>The client of .NET in a program that is compiled ahead of time, which takes half a minute: only with <c>--long</c>.</summary>
public sealed class NativeClientTests : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <PublishAot>true</PublishAot>
            <InvariantGlobalization>true</InvariantGlobalization>
            <TrimmerSingleWarn>false</TrimmerSingleWarn>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
          <ItemGroup><Reference Include="CLIENT" /></ItemGroup>
        </Project>
        """;

    private const string Program = """
        using PushNet.Client;

        foreach (var number in args.Skip(2))
        {
            var client = new PushNetClient(args[0] + number, args[1]);
            await foreach (var frame in client.FollowAsync())
            {
                if (frame.Type is "check" or "end")
                {
                    Console.WriteLine($"{number}: {client.Board.Games.Count} games, "
                        + $"{client.Board.GamesWithPrices.Sum(id => client.Board.PricesOf(id).Count)} prices");
                }
                if (frame.Type == "end")
                {
                    break;
                }
            }
        }
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_library_says_that_it_is_fit_for_it() => Assert.Equal(
        ["IsAotCompatible", "IsTrimmable"],
        typeof(PushNetClient).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(one => one.Key is "IsAotCompatible" or "IsTrimmable" && one.Value == "True").Select(one => one.Key).Order());

    [LongFact("/usr/bin/gcc")]
    public async Task It_reads_every_frame_there()
    {
        await File.WriteAllTextAsync(
            _folder.File("app.csproj"), Project.Replace("CLIENT", typeof(PushNetClient).Assembly.Location, StringComparison.Ordinal));
        await File.WriteAllTextAsync(_folder.File("Program.cs"), Program);
        await RunAsync("dotnet", "publish -c Release --use-current-runtime --nologo -v quiet -nodeReuse:false -o out");

        await using var server = await ScenarioServer.StartAsync();
        var numbers = Enumerable.Range(0, Scenario.All.Count).Where(IsOneConnection).ToArray();
        var told = await RunAsync(
            _folder.File("out/app"), $"ws://{server.Authority}/ws/odds?scenario= {ScenarioServer.Key} {string.Join(' ', numbers)}");

        Assert.True(numbers.Length > 20);
        Assert.Equal(numbers.SelectMany(Boards), told.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsOneConnection(int number) =>
        Scenario.All[number] is { Connections.Count: 1 } one && one.Json["boards"]?[0]?["games"] is not null;

    private static IEnumerable<string> Boards(int number) =>
        from board in Scenario.All[number].Json["boards"]!.AsArray()
        select $"{number}: {board!["games"]!.AsArray().Count} games, {board["prices"]!.AsArray().Count} prices";

    private async Task<string> RunAsync(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.Name,
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(PushServer.Patience * 5);
        await process.WaitForExitAsync().WaitAsync(PushServer.Patience);
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
