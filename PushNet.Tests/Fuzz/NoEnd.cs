using PushNet.Web.Sockets;

namespace PushNet.Tests.Fuzz;

/// <summary>The end of a connection that has no other end than that of its stream.</summary>
internal sealed class NoEnd : IConnectionEnd
{
    public void Abort()
    {
    }

    public void StopReading()
    {
    }
}
