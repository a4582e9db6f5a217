using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Web.Settings;
using PushNet.Web.Sockets.Ring;

namespace PushNet.Tests.Sockets.Ring;

/// <summary>A test that needs io_uring. It is skipped on a machine without it.</summary>
public sealed class RingFactAttribute : FactAttribute
{
    private static readonly bool HasRings = Begins();

    public RingFactAttribute() => Skip = HasRings ? null : "the kernel has no io_uring, or forbids it";

    private static bool Begins()
    {
        using var rounds = new SendRounds(new SocketOptions { Output = "ring" }, NullLogger<SendRounds>.Instance);
        var round = rounds.Begin();
        round?.Send();
        return round is not null;
    }
}
