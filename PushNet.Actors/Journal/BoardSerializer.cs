using Akka.Actor;
using Akka.Serialization;
using PushNet.Actors.Games;

namespace PushNet.Actors.Journal;

/// <summary>Akka's way to <see cref="BoardPayload"/>. The manifest tells the type and its format.</summary>
public sealed class BoardSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <inheritdoc />
    public override int Identifier => 7_301;

    /// <inheritdoc />
    public override string Manifest(object o) => o switch
    {
        JournalEntry => BoardPayload.EntryManifest,
        BoardImage => BoardPayload.ImageManifest,
        _ => throw new ArgumentException($"{o.GetType().Name} is nothing that is kept on disk", nameof(o)),
    };

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) => obj switch
    {
        JournalEntry entry => BoardPayload.Write(entry),
        BoardImage image => BoardPayload.Write(image),
        _ => throw new ArgumentException($"{obj.GetType().Name} is nothing that is kept on disk", nameof(obj)),
    };

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        BoardPayload.EntryManifest => BoardPayload.ReadEntry(bytes),
        BoardPayload.ImageManifest => BoardPayload.ReadImage(bytes),
        _ => throw new InvalidDataException(
            $"\"{manifest}\" was written by a later version of PushNet; this one knows format {BoardPayload.Format}"),
    };
}
