namespace PushNet.Web.Rest.Bodies;

/// <summary>
/// The bodies of answers. Each is encoded once, for all who read it at the same time and for those who ask for it soon after. A slow
/// reader holds on to what everybody else has left behind, so what all hold together is bounded. Past the bound, the readers of the
/// body that was asked for longest ago are cut off. Thread-safe.
/// </summary>
/// <param name="mostBytes">What all bodies may hold together, unless one alone is larger.</param>
internal sealed class SharedBodies(long mostBytes)
{
    /// <summary>Bytes that are kept for whoever asks again.</summary>
    internal const long MostUnread = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<BodyKey, SharedBody> _bodies = [];

    // The body that was asked for last comes last.
    private readonly LinkedList<SharedBody> _byUse = [];
    private long _held;
    private long _unread;

    /// <summary>Bytes of all bodies.</summary>
    public long Held
    {
        get
        {
            lock (_gate)
            {
                return _held;
            }
        }
    }

    /// <summary>Reads a body.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="encode">Makes it, if nobody has before.</param>
    /// <param name="abort">Ends the reader at once.</param>
    /// <param name="read">Reads it; its bytes are held until it has ended.</param>
    public async Task ReadAsync(BodyKey key, Func<Task<EncodedBody>> encode, Action abort, Func<EncodedBody, Task> read)
    {
        var (body, isNew) = Enter(key, abort);
        try
        {
            if (isNew)
            {
                await Encode(body, encode);
            }

            await read(await body.Encoded);
        }
        finally
        {
            Leave(body, abort);
        }
    }

    private (SharedBody Body, bool IsNew) Enter(BodyKey key, Action abort)
    {
        lock (_gate)
        {
            var isNew = !_bodies.TryGetValue(key, out var body);
            if (isNew)
            {
                _bodies[key] = body = new SharedBody(key);
            }
            else
            {
                _byUse.Remove(body!.Use);
                _unread -= body.Readers.Count == 0 ? body.Size : 0;
            }

            _byUse.AddLast(body!.Use);
            body.Readers.Add(abort);
            return (body, isNew);
        }
    }

    private async Task Encode(SharedBody body, Func<Task<EncodedBody>> encode)
    {
        try
        {
            var encoded = await encode();
            lock (_gate)
            {
                _held += body.Measure(encoded);
                CutOthers(body);
            }

            body.Set(encoded);
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                Forget(body);
            }

            body.Fail(e);
        }
    }

    private void CutOthers(SharedBody newest)
    {
        while (_held > mostBytes && _byUse.FirstOrDefault(body => body != newest && body.Size > 0) is { } oldest)
        {
            _unread -= oldest.Readers.Count == 0 ? oldest.Size : 0;
            Forget(oldest);
            foreach (var abort in oldest.Readers.ToArray())
            {
                abort();
            }
        }
    }

    private void Leave(SharedBody body, Action abort)
    {
        lock (_gate)
        {
            body.Readers.Remove(abort);
            if (body.Readers.Count > 0 || !body.IsKept)
            {
                return;
            }

            _unread += body.Size;
            while (_unread > MostUnread)
            {
                var oldest = _byUse.First(one => one.Readers.Count == 0);
                _unread -= oldest.Size;
                Forget(oldest);
            }
        }
    }

    private void Forget(SharedBody body)
    {
        body.IsKept = false;
        _held -= body.Size;
        _bodies.Remove(body.Key);
        _byUse.Remove(body.Use);
    }
}
