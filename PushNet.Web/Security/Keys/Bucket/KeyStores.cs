using PushNet.Web.Data;
using PushNet.Web.Settings;

namespace PushNet.Web.Security.Keys.Bucket;

/// <summary>Where the stored keys are: with the board that servers share, or in the data directory.</summary>
internal static class KeyStores
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    /// <summary>Opens the stored keys for a server. Blocks meanwhile.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="data">The data directory; null when there is none.</param>
    /// <param name="server">The name of this server when it is given none.</param>
    /// <returns>The keys, null when none can be stored, and whether there are any.</returns>
    /// <exception cref="KeyStoreException">They can't be used.</exception>
    public static (IKeyStore? Store, bool HoldsKeys) Open(DataOptions options, DataDirectory? data, string server)
    {
        if (options.Nats.Length > 0)
        {
            var where = SharedLog.Where(options);
            var bucket = new KeyBucket(where, SharedLog.NameOf(options, server), TimeProvider.System);
            return (bucket, Task.Run(() => HoldsKeysAsync(bucket, where.Patience)).GetAwaiter().GetResult());
        }

        if (data is null)
        {
            return (null, false);
        }

        var file = new KeyFile(data.KeyFile, TimeProvider.System);
        file.Check();
        return (file, file.Keys().Count > 0);
    }

    // Servers of NATS that are started together elect somebody first.
    private static async Task<bool> HoldsKeysAsync(KeyBucket bucket, TimeSpan patience)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return (await bucket.KeysAsync(CancellationToken.None)).Count > 0;
            }
            catch (KeyStoreException) when (!bucket.IsRefused && TimeProvider.System.GetElapsedTime(begin) < patience)
            {
                await Task.Delay(Beat);
            }
        }
    }
}
