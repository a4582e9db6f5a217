using PushNet.Web.Settings;
using static PushNet.Web.Settings.SettingsRules;

namespace PushNet.Web.Sockets;

/// <summary>The rules for sockets in the settings.</summary>
internal static class SocketRules
{
    /// <summary>Checks them; the first that is wrong is named.</summary>
    /// <exception cref="SettingsException">A value can't be used.</exception>
    public static void Check(PushNetOptions options)
    {
        OneOf("Sockets:Output", options.Sockets.Output, SocketOptions.Ring, SocketOptions.Direct, SocketOptions.Kestrel);
        OneOf("Sockets:Writer", options.Sockets.Writer, SocketOptions.Gate, SocketOptions.WebSocket);
        OneOf("Sockets:Compression", options.Sockets.Compression, SocketOptions.On, SocketOptions.Off);
        InRange("Sockets:CompressionLevel", options.Sockets.CompressionLevel, 1, 9);
        InRange("Sockets:CompressionStreams", options.Sockets.CompressionStreams, 0, 10_000);
        InRange("Sockets:CloseTimeout", options.Sockets.CloseTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
    }
}
