namespace PushNet.Web.Rest.Bodies;

/// <summary>
/// Writes bytes that many share. Only one window of them is copied for a reader at a time, and the next one when it took that. Each
/// window is a write of its own, because Kestrel gives a slow reader time for what is written, and not for what is only flushed.
/// </summary>
internal static class WindowedBody
{
    /// <summary>Bytes of a window.</summary>
    public const int Window = 16 * 1024;

    /// <summary>Writes pieces one after the other.</summary>
    /// <param name="context">The request.</param>
    /// <param name="timeout">How long a window may wait over HTTP/2, where nobody says how much of it was taken.</param>
    /// <param name="pieces">The pieces.</param>
    public static async Task WriteAsync(HttpContext context, TimeSpan timeout, params ReadOnlyMemory<byte>[] pieces)
    {
        // Over HTTP/1 the connection is one reader's alone, and watched as a whole.
        using var patience = HttpProtocol.IsHttp2(context.Request.Protocol)
            ? CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted) : null;
        var cancellation = patience?.Token ?? context.RequestAborted;
        try
        {
            foreach (var window in pieces.SelectMany(WindowsOf))
            {
                patience?.CancelAfter(timeout);
                var flushed = await context.Response.BodyWriter.WriteAsync(window, cancellation);
                if (flushed.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // It is gone, or it is as good as gone.
            context.Abort();
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> WindowsOf(ReadOnlyMemory<byte> piece)
    {
        for (var at = 0; at < piece.Length; at += Window)
        {
            yield return piece.Slice(at, Math.Min(Window, piece.Length - at));
        }
    }
}
