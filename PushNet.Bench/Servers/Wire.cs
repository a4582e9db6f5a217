using System.Diagnostics;
using System.Net;

namespace PushNet.Bench.Servers;

/// <summary>
/// A network namespace for the server, and a pair of interfaces that leads to it and behaves like a network: 1 Gbit/s, and 10 ms each
/// way where the kernel has netem. Needs root and iproute2.
/// </summary>
internal sealed class Wire : IDisposable
{
    private const string Netem = "netem delay 10ms rate 1gbit limit 20000";

    // As many full packets in its queue.
    private const string WithoutDelay = "tbf rate 1gbit burst 256kb limit 30mb";

    private readonly string _near = $"pn{Environment.ProcessId}a";
    private readonly string _far = $"pn{Environment.ProcessId}b";

    private Wire()
    {
    }

    /// <summary>Where the server listens.</summary>
    public static IPAddress Server { get; } = IPAddress.Parse("10.213.77.2");

    /// <summary>The server's namespace.</summary>
    public string Namespace { get; } = $"pushnet-bench-{Environment.ProcessId}";

    /// <summary>Its properties, for people.</summary>
    public string Terms { get; private set; } = "1 Gbit/s, 20 ms";

    /// <summary>Lays a wire.</summary>
    /// <param name="whyNot">Why that is not possible here, as a sentence.</param>
    /// <returns>Null when it is not possible.</returns>
    public static Wire? TryLay(out string? whyNot)
    {
        var wire = new Wire();
        whyNot = wire.Lay();
        if (whyNot is null)
        {
            return wire;
        }

        wire.Dispose();
        return null;
    }

    public void Dispose() => Run($"ip netns del {Namespace}");

    private string? Lay() =>
        Run($"ip netns add {Namespace}")
        ?? Run($"ip link add {_near} type veth peer name {_far} netns {Namespace}")
        ?? Run($"ip addr add 10.213.77.1/24 dev {_near}")
        ?? Run($"ip link set {_near} up")
        ?? Run($"ip -n {Namespace} addr add {Server}/24 dev {_far}")
        ?? Run($"ip -n {Namespace} link set {_far} up")
        ?? Run($"ip -n {Namespace} link set lo up")
        ?? Shape();

    private string? Shape()
    {
        if (Shape(Netem) is null)
        {
            return null;
        }

        Terms = "1 Gbit/s, no delay (this kernel has no netem)";
        return Shape(WithoutDelay);
    }

    private string? Shape(string discipline) =>
        Run($"tc qdisc add dev {_near} root {discipline}") ?? Run($"tc -n {Namespace} qdisc add dev {_far} root {discipline}");

    /// <summary>Runs a command.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    private static string? Run(string command)
    {
        var words = command.Split(' ');
        try
        {
            using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"\"{command}\" failed: {error.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"\"{words[0]}\" can't be run: {e.Message}";
        }
    }
}
