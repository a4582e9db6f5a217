using System.Buffers.Binary;
using System.Globalization;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;

namespace PushNet.Actors.Log.Nats;

/// <summary>
/// The images of the log, in a stream of their own. Each image has a subject of its own, with its chunks and, once all are there, its
/// end below that. So whoever reads one that is deleted meanwhile finds a chunk missing and takes the image before.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="settings">Where the log is.</param>
internal sealed class NatsImages(NatsConnection connection, NatsLogSettings settings)
{
    /// <summary>Images that are kept: should the newest be damaged, nothing is lost.</summary>
    public const int Kept = 3;

    // NATS takes a megabyte.
    private const int ChunkLength = 256 * 1024;
    private const string End = "end";

    private readonly NatsJSContext _jetStream = new(connection);
    private readonly NatsDirectGet _messages = new(connection, settings.Images);

    /// <summary>Writes an image, and then deletes those that are not needed any more.</summary>
    /// <exception cref="NatsException">NATS refuses, or does not answer.</exception>
    public async Task PutAsync(long sequence, byte[] image, CancellationToken cancellation)
    {
        var (name, chunks) = (LogImage.NameOf(sequence), 0);
        for (; chunks * ChunkLength < image.Length; chunks++)
        {
            var chunk = image.AsMemory(chunks * ChunkLength);
            chunk = chunk[..Math.Min(ChunkLength, chunk.Length)];
            await PutAsync(Subject(name, ChunkName(chunks)), chunk, cancellation).ConfigureAwait(false);
        }

        var count = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(count, chunks);
        await PutAsync(Subject(name, End), count, cancellation).ConfigureAwait(false);

        // What a writer that died has left is older than the images that are kept, one day.
        var parts = await PartsAsync(cancellation).ConfigureAwait(false);
        var oldest = Whole(parts).Take(Kept).Last();
        await DropAsync(parts.Where(one => one.Key < oldest), cancellation).ConfigureAwait(false);
    }

    /// <summary>Deletes the images of messages behind one.</summary>
    /// <exception cref="NatsException">NATS refuses, or does not answer.</exception>
    public async Task DropBehindAsync(long sequence, CancellationToken cancellation)
    {
        var parts = await PartsAsync(cancellation).ConfigureAwait(false);
        await DropAsync(parts.Where(one => one.Key > sequence), cancellation).ConfigureAwait(false);
    }

    /// <summary>The newest image that is whole and is of a log.</summary>
    /// <param name="log">Tells the log from others; null for any.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="NatsException">NATS does not answer.</exception>
    /// <exception cref="LogFormatException">A later version wrote it.</exception>
    public async Task<LogImage?> NewestAsync(string? log, CancellationToken cancellation)
    {
        foreach (var sequence in Whole(await PartsAsync(cancellation).ConfigureAwait(false)))
        {
            if (await TryReadAsync(LogImage.NameOf(sequence), cancellation).ConfigureAwait(false) is { } image
                && image.Log == (log ?? image.Log))
            {
                return image;
            }
        }

        return null;
    }

    private static IEnumerable<long> Whole(ILookup<long, string> parts) =>
        parts.Where(one => one.Contains(End)).Select(one => one.Key).OrderDescending();

    private static string ChunkName(int chunk) => chunk.ToString(CultureInfo.InvariantCulture);

    private string Subject(string name, string part) => $"{settings.ImagesSubject}.{name}.{part}";

    private async Task DropAsync(IEnumerable<IGrouping<long, string>> images, CancellationToken cancellation)
    {
        foreach (var image in images)
        {
            await _jetStream.PurgeStreamAsync(
                settings.Images,
                new StreamPurgeRequest { Filter = Subject(LogImage.NameOf(image.Key), ">") },
                cancellation).ConfigureAwait(false);
        }
    }

    private async Task PutAsync(string subject, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var answer = await _jetStream.PublishAsync(subject, payload, cancellationToken: cancellation).ConfigureAwait(false);
        answer.EnsureSuccess();
    }

    /// <summary>What there is of each image, by the last message that it holds.</summary>
    private async Task<ILookup<long, string>> PartsAsync(CancellationToken cancellation)
    {
        var stream = await _jetStream.GetStreamAsync(
            settings.Images, new StreamInfoRequest { SubjectsFilter = $"{settings.ImagesSubject}.>" }, cancellation).ConfigureAwait(false);
        return (stream.Info.State.Subjects?.Keys ?? Enumerable.Empty<string>())
            .Select(subject => subject.Split('.'))
            .Where(words => words.Length == 3)
            .Select(words => (Sequence: LogImage.SequenceOf(words[1]), Part: words[2]))
            .Where(one => one.Sequence is not null)
            .ToLookup(one => one.Sequence!.Value, one => one.Part);
    }

    private async Task<LogImage?> TryReadAsync(string name, CancellationToken cancellation)
    {
        if (await PartAsync(name, End, cancellation).ConfigureAwait(false) is not { Length: sizeof(int) } count)
        {
            return null;
        }

        var image = new MemoryStream();
        for (var i = 0; i < BinaryPrimitives.ReadInt32LittleEndian(count.Span); i++)
        {
            if (await PartAsync(name, ChunkName(i), cancellation).ConfigureAwait(false) is not { } chunk)
            {
                return null;
            }

            image.Write(chunk.Span);
        }

        try
        {
            return LogImage.Read(image.ToArray());
        }
        catch (InvalidDataException)
        {
            // The one before will do.
            return null;
        }
    }

    private async Task<ReadOnlyMemory<byte>?> PartAsync(string name, string part, CancellationToken cancellation) =>
        await _messages.GetLastAsync(Subject(name, part), cancellation).ConfigureAwait(false) switch
        {
            { Message: { } found } => found.Payload,
            { IsMissing: true } => null,
            _ => throw new NatsException($"NATS does not answer when it is asked for {Subject(name, part)}"),
        };
}
