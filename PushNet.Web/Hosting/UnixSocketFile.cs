using System.Net.Sockets;

namespace PushNet.Web.Hosting;

/// <summary>The file of a Unix socket. A killed server leaves its file behind, and nobody could listen there again.</summary>
internal static class UnixSocketFile
{
    /// <summary>Removes the file when nobody listens there. Any other file stays, and binding then says what is wrong with it.</summary>
    public static void RemoveAbandoned(UnixDomainSocketEndPoint endpoint)
    {
        var path = endpoint.ToString();
        if (!File.Exists(path) || CanBeRead(path))
        {
            return;
        }

        using var caller = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            caller.Connect(endpoint);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused)
        {
            File.Delete(path);
        }
        catch (SocketException)
        {
            // Somebody listens there, or the server may not ask.
        }
    }

    // A socket can't be opened as a file, not even by its owner.
    private static bool CanBeRead(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
