namespace PushNet.Tests.EndToEnd;

/// <summary>Where a server runs, and its addresses in the networks of that machine.</summary>
/// <param name="Namespace">The network namespace; null: the one of the tests.</param>
/// <param name="Front">Where clients and sources find it.</param>
/// <param name="Back">Where the servers find NATS.</param>
/// <param name="Routes">Where the servers of NATS find each other.</param>
internal sealed record Machine(string? Namespace, string Front, string Back, string Routes)
{
    /// <summary>The machine of the tests: all is on loopback.</summary>
    public static readonly Machine Here = new(null, "127.0.0.1", "127.0.0.1", "127.0.0.1");

    /// <summary>The command line that runs a program on this machine.</summary>
    public string[] Command(params IEnumerable<string> command) =>
        Namespace is null ? [.. command] : ["ip", "netns", "exec", Namespace, .. command];
}
