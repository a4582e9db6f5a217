namespace PushNet.Tests.EndToEnd;

/// <summary>Waits for what must become true, however slow the machine is.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public static async Task True(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(PushServer.Patience);
        using var timer = new PeriodicTimer(Poll);
        while (!await condition())
        {
            Assert.True(!timeout.IsCancellationRequested, "what should have become true did not");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
