using System.Reflection;
using PushNet.Actors.Games;
using PushNet.Web.Hosting;

namespace PushNet.Tests;

/// <summary>
/// The order of the folders, which stands here and in docs/architecture.md. A folder may use the ones before it and never
/// names a later one, without exceptions. The root of a project comes last, so no folder names it.
/// </summary>
public sealed class ArchitectureTests
{
    private const string Actors =
        "Clock, Games, Subscriptions, Wire, Telemetry, Journal, State, Feed, Subscribers, Channels, Admission";

    private const string Web =
        "Settings, Http, Telemetry, Data, Security, Sockets, Documents, Ingest, Rest, Scoreboard, Operators, Hosting, Commands";

    private static readonly (Assembly Assembly, string Folders)[] Projects =
        [(typeof(GameBoard).Assembly, Actors), (typeof(PushNetServer).Assembly, Web)];

    /// <summary>A folder, and what it must not name.</summary>
    public static TheoryData<string, string> Folders
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (assembly, folders) in Projects)
            {
                foreach (var folder in folders.Split(", "))
                {
                    data.Add(assembly.GetName().Name!, folder);
                }
            }

            return data;
        }
    }

    [Fact]
    public void The_actors_know_nothing_of_the_web() => Assert.DoesNotContain(
        typeof(GameBoard).Assembly.GetReferencedAssemblies(),
        reference => reference.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || reference.Name == "PushNet.Web");

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_names_no_later_one(string project, string folder)
    {
        var (assembly, folders) = Projects.Single(one => one.Assembly.GetName().Name == project);
        var order = folders.Split(", ");
        string[] later = [.. order[(Array.IndexOf(order, folder) + 1)..].Select(name => $"{project}.{name}")];

        Assert.Empty(FolderRule.Breaches(assembly, $"{project}.{folder}", later));
    }

    [Fact]
    public void Every_folder_has_its_place()
    {
        foreach (var (assembly, folders) in Projects)
        {
            var project = assembly.GetName().Name!;
            var there = assembly.GetTypes()
                .Select(type => type.Namespace)
                .Where(name => name?.StartsWith($"{project}.", StringComparison.Ordinal) == true)
                .Select(name => name!.Split('.')[2])
                .Distinct();

            Assert.Equal(folders.Split(", ").Order(), there.Order());
        }
    }

    [Fact]
    public void The_architecture_page_shows_the_same_order()
    {
        var page = File.ReadAllText(DocsTests.PathOf("docs/architecture.md"));
        foreach (var (assembly, folders) in Projects)
        {
            var table = page[page.IndexOf($"`{assembly.GetName().Name}`, in this order:", StringComparison.Ordinal)..];
            table = table[..table.IndexOf("\n\n", table.IndexOf("| `", StringComparison.Ordinal), StringComparison.Ordinal)];
            var shown = table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .Select(line => line.Split('`')[1].TrimEnd('/'));

            Assert.Equal(folders.Split(", "), shown);
        }
    }

    // A rule that sees nothing in lambdas and asynchronous methods would hold nothing together.
    [Fact]
    public void A_name_within_an_asynchronous_lambda_is_a_breach() => Assert.Equal(
        [$"{typeof(Samples.Earlier.Caller).FullName} -> {typeof(Samples.Later.Called).FullName}"],
        FolderRule.Breaches(typeof(ArchitectureTests).Assembly, "PushNet.Tests.Samples.Earlier", ["PushNet.Tests.Samples.Later"]));
}
