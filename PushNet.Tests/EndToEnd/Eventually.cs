namespace PushNet.Tests.EndToEnd;

/// <summary>Waits for what must become true, however slow the machine is.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Calls until the call fails with a message that contains texts.</summary>
    public static async Task ThrowsAsync<T>(Func<Task> call, params string[] texts)
        where T : Exception
    {
        var said = "";
        await True(
            async () =>
            {
                said = (await Assert.ThrowsAsync<T>(call)).Message;
                return texts.All(text => said.Contains(text, StringComparison.Ordinal));
            },
            () => said);
    }

    /// <summary>Waits.</summary>
    /// <param name="condition">What must become true.</param>
    /// <param name="seen">Tells what was seen last, for the failure.</param>
    public static async Task True(Func<Task<bool>> condition, Func<string>? seen = null)
    {
        using var timeout = new CancellationTokenSource(PushServer.Patience);
        using var timer = new PeriodicTimer(Poll);
        while (!await condition())
        {
            if (timeout.IsCancellationRequested)
            {
                Assert.Fail($"what should have become true did not{seen?.Invoke().Insert(0, ": ")}");
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
