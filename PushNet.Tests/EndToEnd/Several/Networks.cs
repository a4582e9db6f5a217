namespace PushNet.Tests.EndToEnd.Several;

/// <summary>
/// Three machines, which are network namespaces, in three networks: one for clients and sources, one between servers and NATS, and one
/// among the servers of NATS. The tests are in all three, too. Only root may make them.
/// </summary>
internal sealed class Networks : IDisposable
{
    private const int Count = 3;

    // The names of the networks in the names of interfaces.
    private const string Front = "f";
    private const string Back = "b";
    private const string Routes = "r";

    private static readonly string[] Kinds = [Front, Back, Routes];

    private readonly string _prefix = $"pn{Environment.ProcessId}";

    // RFC 2544 sets these addresses aside for tests. Another run beside this one has others.
    private readonly int _net = Environment.ProcessId % 80 * Kinds.Length;

    /// <summary>Makes them.</summary>
    public Networks()
    {
        Machines = [.. Enumerable.Range(0, Count).Select(i => new Machine($"{_prefix}-{i}", Address(0, i), Address(1, i), Address(2, i)))];
        try
        {
            foreach (var machine in Machines)
            {
                Ip($"netns add {machine.Namespace}");
                Ip($"-n {machine.Namespace} link set dev lo up");
            }

            for (var kind = 0; kind < Kinds.Length; kind++)
            {
                Make(kind);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The machines.</summary>
    public IReadOnlyList<Machine> Machines { get; }

    /// <summary>True when this process may make namespaces, and has the program for it.</summary>
    public static bool CanMake()
    {
        var name = $"pn{Environment.ProcessId}-try";
        return TryIp($"netns add {name}") && TryIp($"netns del {name}");
    }

    /// <summary>Cuts a machine off from the others, or heals that. Clients and sources reach it all the while.</summary>
    public void Cut(int machine, bool isCut)
    {
        Set(machine, Routes, isCut);
        Set(machine, Back, isCut);
    }

    /// <summary>Cuts the NATS server of a machine off from the others, or heals that. Servers reach it all the while.</summary>
    public void CutRoutes(int machine, bool isCut) => Set(machine, Routes, isCut);

    public void Dispose()
    {
        foreach (var machine in Machines)
        {
            TryIp($"netns del {machine.Namespace}");
        }

        foreach (var kind in Kinds)
        {
            TryIp($"link del {_prefix}{kind}");
        }
    }

    private void Make(int kind)
    {
        var (bridge, inside) = (_prefix + Kinds[kind], Kinds[kind]);
        Ip($"link add {bridge} type bridge");
        Ip($"addr add {Address(kind, Count)}/24 dev {bridge}");
        Ip($"link set dev {bridge} up");
        for (var i = 0; i < Count; i++)
        {
            var (outside, there) = (Link(i, Kinds[kind]), Machines[i].Namespace);
            Ip($"link add {outside} type veth peer name {inside} netns {there}");
            Ip($"link set dev {outside} master {bridge} up");
            Ip($"-n {there} addr add {Address(kind, i)}/24 dev {inside}");
            Ip($"-n {there} link set dev {inside} up");
        }
    }

    private string Address(int kind, int machine) => $"198.18.{_net + kind}.{machine + 1}";

    private string Link(int machine, string kind) => $"{_prefix}{kind}{machine}";

    // Down on the outside, so that what the machine sends disappears without a word.
    private void Set(int machine, string kind, bool isCut) => Ip($"link set dev {Link(machine, kind)} {(isCut ? "down" : "up")}");

    private static void Ip(string arguments) => ByRoot.Run("ip", arguments.Split(' '));

    private static bool TryIp(string arguments) => ByRoot.TryRun("ip", arguments.Split(' '));
}
