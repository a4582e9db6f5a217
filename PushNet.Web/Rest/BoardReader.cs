using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Net.Http.Headers;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Actors.Wire;

namespace PushNet.Web.Rest;

/// <summary>Answers from the board's latest view, or with 304 when the client holds that answer already.</summary>
internal sealed class BoardReader(PublishedBoard board)
{
    public const string JsonType = "application/json; charset=utf-8";

    // Versions count from the start of the server, so a tag must say which start.
    private readonly string _start = RandomNumberGenerator.GetHexString(8, lowercase: true);
    private readonly ObjectPool<JsonBuffer> _buffers = ObjectPool.Create<JsonBuffer>();

    /// <summary>The board now.</summary>
    public BoardView View => board.Latest;

    /// <summary>The live games as JSON.</summary>
    public GamesArray LiveGamesOf(BoardView view) => board.LiveGamesOf(view);

    /// <summary>Answers with JSON that changes only when a game does.</summary>
    public Task WriteAsync(HttpContext context, BoardView view, Action<Utf8JsonWriter> write) =>
        IsHeld(context, view) ? Task.CompletedTask : WriteAsync(context, write);

    /// <summary>Answers with JSON that changes only when this game or its prices do.</summary>
    public Task WriteAsync(HttpContext context, GameView game, Action<Utf8JsonWriter> write) =>
        IsHeld(context, $"p{game.Version}") ? Task.CompletedTask : WriteAsync(context, write);

    /// <summary>Tags the answer, and answers 304 when the client holds what is as good.</summary>
    public bool IsHeld(HttpContext context, BoardView view) => IsHeld(context, $"g{view.GamesVersion}");

    // Weak tags: an answer may differ in its seq alone, which a client that holds the older one can do without.
    private bool IsHeld(HttpContext context, string version)
    {
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

    private async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var buffer = _buffers.Get();
        try
        {
            write(buffer.Json);
            var json = buffer.Written;
            context.Response.ContentType = JsonType;
            context.Response.ContentLength = json.Length;
            await context.Response.BodyWriter.WriteAsync(json, context.RequestAborted);
        }
        finally
        {
            _buffers.Return(buffer);
        }
    }
}
