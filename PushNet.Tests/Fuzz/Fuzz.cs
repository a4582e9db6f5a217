using System.Globalization;

namespace PushNet.Tests.Fuzz;

/// <summary>How much is fuzzed, and from which seed: a tenth unless <c>test.sh --long</c> asks for all.</summary>
internal static class Fuzz
{
    private const int DefaultSeed = 20_240_711;

    /// <summary>Set by <c>test.sh --long</c>.</summary>
    public static readonly bool IsLong = Environment.GetEnvironmentVariable("PUSHNET_FUZZ") == "long";

    /// <summary>A different seed, to look elsewhere.</summary>
    public static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("PUSHNET_FUZZ_SEED"), CultureInfo.InvariantCulture, out var seed)
            ? seed : DefaultSeed;

    /// <summary>How many cases of the full number are run.</summary>
    public static int Of(int all) => Of(all, all / 10);

    /// <summary>How many cases are run.</summary>
    /// <param name="all">With <c>--long</c>.</param>
    /// <param name="quick">Without.</param>
    public static int Of(int all, int quick) => IsLong ? all : quick;

    /// <summary>The random numbers of one case: the same whatever ran before it, so that a case that fails can be run alone.</summary>
    public static Random RandomOf(int @case) => new(unchecked((Seed * 31) + (@case * 7919)));

    /// <summary>Bytes on the heap that somebody still holds.</summary>
    public static long HeldBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
