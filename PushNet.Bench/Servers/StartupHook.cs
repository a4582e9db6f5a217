using System.Globalization;
using System.Net.Sockets;
using System.Text;
using PushNet.Bench.Servers;

/// <summary>
/// Tells from inside a server how often its garbage collector ran and how much it found in use, which the operating system does not
/// know. .NET runs it before the server's own Main (DOTNET_STARTUP_HOOKS), so no server has code for it, and it costs nothing until it is
/// asked. Its name, and that it has no namespace, are .NET's rules for such hooks.
/// </summary>
internal static class StartupHook
{
    /// <summary>The environment variable with the path of the Unix socket to answer on.</summary>
    public const string PathVariable = "PUSHNET_BENCH_GC_SOCKET";

    private const byte CollectionsQuestion = (byte)'c';
    private const byte HeapQuestion = (byte)'h';

    public static void Initialize()
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Environment.GetEnvironmentVariable(PathVariable)!));
        listener.Listen();
        _ = AnswerAsync(listener);
    }

    /// <summary>Asks the hook that answers at a path for the collections so far.</summary>
    public static async Task<Collections> CollectionsAsync(string path)
    {
        var counts = await AskAsync(path, CollectionsQuestion);

        // A collection of a generation also counts for the younger ones.
        return new Collections(counts[0] - counts[1], counts[1] - counts[2], counts[2]);
    }

    /// <summary>Forces a full collection, and asks for the bytes that are left.</summary>
    public static async Task<long> HeapAsync(string path) => (await AskAsync(path, HeapQuestion))[0];

    private static async Task<long[]> AskAsync(string path, byte question)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        await socket.SendAsync((byte[])[question]);
        using var reader = new StreamReader(new NetworkStream(socket));
        return [.. (await reader.ReadToEndAsync()).Split(' ').Select(count => long.Parse(count, CultureInfo.InvariantCulture))];
    }

    private static async Task AnswerAsync(Socket listener)
    {
        while (true)
        {
            using var asker = await listener.AcceptAsync();
            var question = new byte[1];
            await asker.ReceiveAsync(question);
            await asker.SendAsync(Encoding.ASCII.GetBytes(question[0] == HeapQuestion
                ? $"{GC.GetTotalMemory(forceFullCollection: true)}"
                : $"{GC.CollectionCount(0)} {GC.CollectionCount(1)} {GC.CollectionCount(2)}"));
        }
    }
}
