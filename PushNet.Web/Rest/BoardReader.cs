using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Net.Http.Headers;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Web.Rest.Bodies;
using PushNet.Web.Security;
using PushNet.Web.Settings;

namespace PushNet.Web.Rest;

/// <summary>Answers from the board's latest view, or with 304 when the client holds that answer already.</summary>
internal sealed class BoardReader(
    PublishedBoard board, SharedBodies bodies, IResponseCompressionProvider compression, KeepAliveOptions keepAlive)
{
    private const string JsonType = "application/json; charset=utf-8";

    // Versions count from the start of the server, so a tag must say which start.
    private readonly string _start = RandomNumberGenerator.GetHexString(8, lowercase: true);
    private readonly ObjectPool<JsonBuffer> _buffers = ObjectPool.Create<JsonBuffer>();
    private long _unshared;

    /// <summary>The current board.</summary>
    public BoardView View => board.Latest;

    /// <summary>Answers with JSON that changes only when a game does.</summary>
    public Task WriteAsync(HttpContext context, BoardView view, Action<Utf8JsonWriter> write) =>
        AnswerAsync(context, VersionOf(view), new Answer("", () => Encode(write), ""));

    /// <summary>Answers with JSON that changes only when this game or its prices do, but for the <c>seq</c> at its end.</summary>
    /// <param name="context">The request.</param>
    /// <param name="view">The view whose <c>seq</c> it is.</param>
    /// <param name="game">The game.</param>
    /// <param name="write">Writes an object and leaves it open.</param>
    public Task WriteAsync(HttpContext context, BoardView view, GameView game, Action<Utf8JsonWriter> write) =>
        AnswerAsync(context, $"p{game.Version}", new Answer("", () => Encode(write), End(view)));

    /// <summary>Answers with JSON that changes only when one of the games, its prices or its mark does, but for the <c>seq</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="view">The view whose <c>seq</c> it is.</param>
    /// <param name="games">The games.</param>
    /// <param name="write">Writes an object and leaves it open.</param>
    public Task WriteAsync(HttpContext context, BoardView view, IReadOnlyCollection<GameView> games, Action<Utf8JsonWriter> write)
    {
        // No two games have one version, a change brings a larger one, and marks only grow.
        var newest = games.Select(game => game.Version).DefaultIfEmpty().Max();
        var version = $"l{games.Count}-{newest}-{games.Sum(game => game.Seen.Game ?? 0)}";
        return AnswerAsync(context, version, new Answer("", () => Encode(write), End(view)));
    }

    /// <summary>Answers with JSON that shows marks. They change all the time, so it has no tag and is made for each reader.</summary>
    /// <param name="context">The request.</param>
    /// <param name="view">The view whose <c>seq</c> it is; null when it has none.</param>
    /// <param name="write">Writes an object, and leaves it open where a <c>seq</c> follows.</param>
    public Task WriteSeenAsync(HttpContext context, BoardView? view, Action<Utf8JsonWriter> write) =>
        SendAsync(context, $"s{Interlocked.Increment(ref _unshared)}", new Answer("", () => Encode(write), view is null ? "" : End(view)));

    /// <summary>Answers with the live games, which are encoded already; only the frame around them is made here.</summary>
    public Task WriteLiveAsync(HttpContext context)
    {
        var view = View;
        var games = board.LiveGamesOf(view);
        return AnswerAsync(context, VersionOf(view), new Answer($$"""{"count":{{games.Count}},"games":""", () => games.Json, End(view)));
    }

    private static string VersionOf(BoardView view) => $"g{view.GamesVersion}";

    private static string End(BoardView view) => $$""","seq":{{view.Seq}}}""";

    // In the path alone, %2F and %252F are the same. The decoded values tell one game or league from the other.
    private static string PathOf(HttpRequest request) => string.Join('\n', request.RouteValues.Values.Prepend(request.Path.Value));

    private static string QueryOf(HttpRequest request) =>
        QueryString.Create(request.Query.Where(value => value.Key != KeyCarrier.QueryKey)).Value ?? "";

    private Task AnswerAsync(HttpContext context, string version, Answer answer) =>
        IsHeld(context, version) ? Task.CompletedTask : SendAsync(context, version, answer);

    private Task SendAsync(HttpContext context, string version, Answer answer)
    {
        var response = context.Response;
        response.ContentType = JsonType;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        var key = new BodyKey(PathOf(context.Request), QueryOf(context.Request), version, "");
        return compression.CheckRequestAcceptsCompression(context) && compression.GetCompressionProvider(context) is { } packer
            ? bodies.ReadAsync(
                key with { Version = version + answer.Tail, Encoding = packer.EncodingName },
                () => Pack(key, answer, packer, context.Abort),
                context.Abort,
                packed => SendAsync(context, packed.Encoding, packed.Bytes))
            : bodies.ReadAsync(
                key,
                answer.EncodeShared,
                context.Abort,
                shared => SendAsync(context, null, answer.HeadBytes, shared.Bytes, answer.TailBytes));
    }

    /// <summary>Compresses the body that clients without compression read. A short body stays as it is.</summary>
    private async Task<EncodedBody> Pack(BodyKey key, Answer answer, ICompressionProvider packer, Action abort)
    {
        var bytes = new MemoryStream();
        string? encoding = null;
        await bodies.ReadAsync(key, answer.EncodeShared, abort, async shared =>
        {
            encoding = answer.HeadBytes.Length + shared.Bytes.Length + answer.TailBytes.Length >= LongBodyCompression.Shortest
                ? packer.EncodingName : null;
            await using var packing = encoding is null ? bytes : packer.CreateStream(bytes);
            packing.Write(answer.HeadBytes.Span);
            packing.Write(shared.Bytes.Span);
            packing.Write(answer.TailBytes.Span);
        });
        return new EncodedBody(bytes.ToArray(), encoding);
    }

    private Task SendAsync(HttpContext context, string? encoding, params ReadOnlyMemory<byte>[] pieces)
    {
        if (encoding is not null)
        {
            context.Response.Headers.ContentEncoding = encoding;
        }

        context.Response.ContentLength = pieces.Sum(piece => (long)piece.Length);
        return WindowedBody.WriteAsync(context, keepAlive.Timeout, pieces);
    }

    /// <summary>Tags the answer, and answers 304 when the client holds one that is as good.</summary>
    private bool IsHeld(HttpContext context, string version)
    {
        // The tag is weak: an answer may differ in its seq alone, and a client that holds the older one can do without the newer.
        var tag = $"W/\"{_start}-{version}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch.Count == 0
            || !context.Request.GetTypedHeaders().IfNoneMatch.Any(held => held.Equals(EntityTagHeaderValue.Any) || held.ToString() == tag))
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    private ReadOnlyMemory<byte> Encode(Action<Utf8JsonWriter> write)
    {
        var buffer = _buffers.Get();
        try
        {
            write(buffer.Json);
            return buffer.Written.ToArray();
        }
        finally
        {
            _buffers.Return(buffer);
        }
    }

    /// <summary>What is sent: the large part that all share, between a head and a tail of its own.</summary>
    private sealed class Answer(string head, Func<ReadOnlyMemory<byte>> encode, string tail)
    {
        public string Tail => tail;

        public ReadOnlyMemory<byte> HeadBytes { get; } = Encoding.ASCII.GetBytes(head);

        public ReadOnlyMemory<byte> TailBytes { get; } = Encoding.ASCII.GetBytes(tail);

        public Task<EncodedBody> EncodeShared() => Task.FromResult(new EncodedBody(encode()));
    }
}
