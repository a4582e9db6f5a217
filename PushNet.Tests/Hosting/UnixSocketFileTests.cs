using System.Net.Sockets;
using PushNet.Web.Hosting;

namespace PushNet.Tests.Hosting;

public sealed class UnixSocketFileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _path;

    public UnixSocketFileTests() => _path = _folder.File("a.sock");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_socket_that_somebody_listens_on_stays_and_one_that_nobody_does_goes()
    {
        using (var listener = Bound())
        {
            listener.Listen();
            Remove();
            Assert.True(File.Exists(_path));

            // The file of a process that was killed: closing the socket would remove it.
            File.Move(_path, _folder.File("kept"));
        }

        File.Move(_folder.File("kept"), _path);
        Remove();
        Assert.False(File.Exists(_path));
    }

    [Fact]
    public void A_file_that_is_no_socket_stays_and_one_that_is_missing_is_no_fault()
    {
        Remove();
        File.WriteAllText(_path, "");
        Remove();
        Assert.True(File.Exists(_path));
    }

    private Socket Bound()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_path));
        return socket;
    }

    private void Remove() => UnixSocketFile.RemoveAbandoned(new UnixDomainSocketEndPoint(_path));
}
