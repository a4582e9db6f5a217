using PushNet.Actors.Games;

namespace PushNet.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void The_actors_know_nothing_of_the_web() => Assert.DoesNotContain(
        typeof(GameBoard).Assembly.GetReferencedAssemblies(),
        reference => reference.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || reference.Name == "PushNet.Web");
}
