using Mono.Cecil;

namespace PushNet.Tests;

/// <summary>
/// The order of the folders, which stands here and in docs/architecture.md. A folder may use the ones before it and never
/// names a later one, without exceptions. The root of a project comes last, so no folder names it.
/// </summary>
public sealed class ArchitectureTests
{
    private const string Tests = "PushNet.Tests";

    // Of the log. What keeps the board by it stands before the last.
    private const string Rooms = "Entries, Replica, Reading, Sending, Nats";

    private static readonly (string Name, string Folders)[] Projects =
    [
        ("PushNet.Actors", "Clock, Games, Subscriptions, Wire, Telemetry, Journal, State, Feed, Log, Subscribers, Channels, Admission"),
        ("PushNet.Web",
            "Settings, Http, Telemetry, Data, Security, Sockets, Documents, Ingest, Rest, Scoreboard, Operators, Hosting, Commands"),
        ("PushNet.Bench", "Load, Servers, Micro, Runs, Reports, Soak"),
    ];

    /// <summary>A folder, and what it must not name.</summary>
    public static TheoryData<string, string> Folders
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (project, folders) in Projects)
            {
                foreach (var folder in folders.Split(", "))
                {
                    data.Add(project, folder);
                }
            }

            return data;
        }
    }

    [Fact]
    public void The_actors_know_nothing_of_the_web()
    {
        using var actors = Compiled("PushNet.Actors");
        Assert.DoesNotContain(
            actors.AssemblyReferences,
            reference => reference.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || reference.Name == "PushNet.Web");
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_names_no_later_one(string project, string folder)
    {
        var order = Projects.Single(one => one.Name == project).Folders.Split(", ");
        string[] later = [.. order[(Array.IndexOf(order, folder) + 1)..].Select(name => $"{project}.{name}")];
        using var module = Compiled(project);

        Assert.Empty(FolderRule.Breaches(module, $"{project}.{folder}", later));
    }

    [Fact]
    public void The_rooms_of_the_log_name_no_later_one()
    {
        string[] rooms = [.. Rooms.Split(", ").Select(room => $"PushNet.Actors.Log.{room}")];
        using var module = Compiled("PushNet.Actors");

        Assert.All(rooms, (room, place) => Assert.Empty(FolderRule.Breaches(module, room, rooms[(place + 1)..])));
    }

    [Fact]
    public void Every_folder_has_its_place()
    {
        foreach (var (project, folders) in Projects)
        {
            using var module = Compiled(project);
            var there = module.Types
                .Select(type => type.Namespace)
                .Where(name => name.StartsWith($"{project}.", StringComparison.Ordinal))
                .Select(name => name.Split('.')[2])
                .Distinct();

            Assert.Equal(folders.Split(", ").Order(), there.Order());
        }
    }

    [Fact]
    public void The_architecture_page_shows_the_same_order()
    {
        var page = File.ReadAllText(DocsTests.PathOf("docs/architecture.md"));
        foreach (var (project, folders) in Projects)
        {
            var table = page[page.IndexOf($"`{project}`, in this order:", StringComparison.Ordinal)..];
            table = table[..table.IndexOf("\n\n", table.IndexOf("| `", StringComparison.Ordinal), StringComparison.Ordinal)];
            var shown = table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .Select(line => line.Split('`')[1].TrimEnd('/'));

            Assert.Equal(folders.Split(", "), shown);
        }
    }

    // A rule that sees nothing in lambdas and asynchronous methods would hold nothing together.
    [Fact]
    public void A_name_within_an_asynchronous_lambda_is_a_breach()
    {
        using var module = Compiled(Tests);
        Assert.Equal(
            [$"{typeof(Samples.Earlier.Caller).FullName} -> {typeof(Samples.Later.Called).FullName}"],
            FolderRule.Breaches(module, "PushNet.Tests.Samples.Earlier", ["PushNet.Tests.Samples.Later"]));
    }

    // Each is loaded from its own folder: the tests are built after the others, but don't use the benchmark.
    private static ModuleDefinition Compiled(string project) => ModuleDefinition.ReadModule(
        typeof(ArchitectureTests).Assembly.Location.Replace(Tests, project, StringComparison.Ordinal));
}
