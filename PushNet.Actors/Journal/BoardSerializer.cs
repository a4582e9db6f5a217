using System.Globalization;
using Akka.Actor;
using Akka.Serialization;
using PushNet.Actors.Games;

namespace PushNet.Actors.Journal;

/// <summary>Lets Akka read and write <see cref="BoardPayload"/>. The manifest tells the type and its format.</summary>
public sealed class BoardSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string Entry = "entry/";
    private const string Image = "board/";

    /// <inheritdoc />
    public override int Identifier => 7_301;

    /// <inheritdoc />
    public override string Manifest(object o) => o switch
    {
        JournalEntry => $"{Entry}{BoardPayload.Format}",
        BoardImage => $"{Image}{BoardPayload.Format}",
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
    public override object FromBinary(byte[] bytes, string manifest) =>
        FormatOf(manifest, Entry) is { } ofEntry ? BoardPayload.ReadEntry(bytes, ofEntry)
        : FormatOf(manifest, Image) is { } ofImage ? BoardPayload.ReadImage(bytes, ofImage)
        : throw new InvalidDataException($"\"{manifest}\" was written by a later version of PushNet (this one knows formats up to "
            + $"{BoardPayload.Format}). Start that version, or put back the copy that was made before the upgrade.");

    private static int? FormatOf(string manifest, string kind) =>
        manifest.StartsWith(kind, StringComparison.Ordinal)
            && int.TryParse(manifest.AsSpan(kind.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var format)
            && format is > 0 and <= BoardPayload.Format ? format : null;
}
