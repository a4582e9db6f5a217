using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.ObjectPool;
using PushNet.Actors.Wire;

namespace PushNet.Web.Rest;

/// <summary>A JSON writer with a buffer, to be used again and again.</summary>
internal sealed class JsonBuffer : IResettable
{
    private const int LargestKept = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new(4096);

    public JsonBuffer() => Json = new Utf8JsonWriter(_bytes, WireJson.Options);

    public Utf8JsonWriter Json { get; }

    /// <summary>What was written; valid until the next use.</summary>
    public ReadOnlyMemory<byte> Written
    {
        get
        {
            Json.Flush();
            return _bytes.WrittenMemory;
        }
    }

    public bool TryReset()
    {
        _bytes.ResetWrittenCount();
        Json.Reset();
        return _bytes.Capacity <= LargestKept;
    }
}
