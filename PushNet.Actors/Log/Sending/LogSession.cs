using System.Security.Cryptography;

namespace PushNet.Actors.Log.Sending;

/// <summary>Names a server process in the log.</summary>
internal static class LogSession
{
    /// <summary>A name that nothing else has; never 0.</summary>
    public static ulong New() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;
}
