using PushNet.Actors.State;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;
using PushNet.Web.Settings;
using PushNet.Web.Sockets.Ring;

namespace PushNet.Web.Hosting;

/// <summary>The services that actors ask for.</summary>
internal static class ActorServices
{
    /// <summary>Adds them.</summary>
    public static void AddTo(IServiceCollection services, PushNetOptions options)
    {
        options.AddTo(services);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<FrameEncoder>();
        services.AddSingleton<PublishedBoard>();
        services.AddSingleton(new SnapshotMemory(options.Limits.MaxSnapshotBytes, TimeProvider.System));
        services.AddSingleton<IWriteRounds, SendRounds>();
    }
}
