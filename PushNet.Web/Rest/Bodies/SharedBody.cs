namespace PushNet.Web.Rest.Bodies;

/// <summary>A body as it is sent. Immutable.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Encoding">Their content coding; null for none.</param>
internal sealed record EncodedBody(ReadOnlyMemory<byte> Bytes, string? Encoding = null);

/// <summary>
/// A body and those who read it. Belongs to <see cref="SharedBodies"/>, whose lock guards everything but <see cref="Encoded"/>.
/// </summary>
internal sealed class SharedBody
{
    private readonly TaskCompletionSource<EncodedBody> _encoded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A body that is still to be encoded.</summary>
    public SharedBody(BodyKey key) => (Key, Use) = (key, new LinkedListNode<SharedBody>(this));

    /// <summary>What it is.</summary>
    public BodyKey Key { get; }

    /// <summary>Its place among all bodies.</summary>
    public LinkedListNode<SharedBody> Use { get; }

    /// <summary>Completes when whoever asked first has encoded it.</summary>
    public Task<EncodedBody> Encoded => _encoded.Task;

    /// <summary>What ends each of its readers at once.</summary>
    public List<Action> Readers { get; } = [];

    /// <summary>Bytes that it holds; 0 until it is encoded.</summary>
    public long Size { get; private set; }

    /// <summary>False when it was given up, or was never encoded.</summary>
    public bool IsKept { get; set; } = true;

    public void Set(EncodedBody encoded) => _encoded.SetResult(encoded);

    public void Fail(Exception fault) => _encoded.SetException(fault);

    /// <summary>From now on its bytes count.</summary>
    public long Measure(EncodedBody encoded) => Size = encoded.Bytes.Length + Key.Bytes;
}
