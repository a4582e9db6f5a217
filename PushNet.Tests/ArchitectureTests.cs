using System.Reflection;
using NetArchTest.Rules;
using PushNet.Actors.Games;
using PushNet.Web;

namespace PushNet.Tests;

/// <summary>
/// The order of the folders, which stands here and in docs/architecture.md. A folder may use the ones before it and never
/// names a later one, without exceptions. The root of a project puts its folders together and comes last.
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

        Assert.Empty(Breaches(assembly, $"{project}.{folder}", [.. later, .. RootOf(assembly, project)]));
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
            var shown = table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1].TrimEnd('/'));

            Assert.Equal(folders.Split(", "), shown);
        }
    }

    // A rule that sees nothing in lambdas and asynchronous methods would hold nothing together.
    [Fact]
    public void A_name_within_an_asynchronous_lambda_is_a_breach()
    {
        var breaches = Breaches(typeof(ArchitectureTests).Assembly, "PushNet.Tests.Samples.Earlier", ["PushNet.Tests.Samples.Later"]);

        Assert.Contains(typeof(Samples.Earlier.Caller).FullName, breaches);
    }

    private static IEnumerable<string> Breaches(Assembly assembly, string folder, string[] later) => later.Length == 0
        ? []
        : Types.InAssembly(assembly)
            .That().ResideInNamespaceMatching($@"^{folder.Replace(".", @"\.", StringComparison.Ordinal)}(\.|$)")
            .ShouldNot().HaveDependencyOnAny(later)
            .GetResult().FailingTypeNames ?? [];

    // The types of the project's own folder, by their full names.
    private static IEnumerable<string> RootOf(Assembly assembly, string project) =>
        assembly.GetTypes().Where(type => type.Namespace == project && !type.IsNested).Select(type => type.FullName!);
}
