using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Admission;
using PushNet.Web.Data;
using PushNet.Web.Sockets.Accepting;

namespace PushNet.Web.Operators.Commands;

/// <summary>Looks at the cap on connections.</summary>
internal static class LimiterCommands
{
    private const int Owners = 20;

    public static readonly OperatorCommand Show = new(
        "limiter show",
        "Shows the cap on connections, how much of it is taken, and which of the keys and addresses with caps of their own have the most.",
        async (services, _) =>
        {
            var state = await services.GetRequiredService<ActorRegistry>().Get<ConnectionLimiter>()
                .Ask<LimiterState>(new GetLimiterState(Owners), OperatorCommands.Patience);
            var warning = services.GetRequiredService<CapAtStart>().Cap.Warning;
            var shared = services.GetRequiredService<BoardHold>().Log?.Slots;
            return new
            {
                state.InUse,
                state.Limit,
                Slots = shared?.Limit,
                SharedCap = shared is { Cap: > 0 and var cap } ? cap : (int?)null,
                Draining = state.Closed is not null,
                Warning = warning,
                state.Shares,
            };
        });
}
