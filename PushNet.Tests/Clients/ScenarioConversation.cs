using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace PushNet.Tests.Clients;

/// <summary>One connection of a scenario: sends its frames, answers pings, and ends as the script says.</summary>
internal sealed class ScenarioConversation(WebSocket socket, JsonObject script)
{
    private const string End = """{"type":"end"}""";
    private const string Pong = """{"type":"pong","ts":1000}""";
    private const int FragmentBytes = 100_000;

    private int _pings;
    private int _pongsLeft = script["pongs"]?.GetValue<int>() ?? 0;

    private bool IsSilent => script["end"]?.GetValue<string>() == "silence";

    private bool IsAbort => script["end"]?.GetValue<string>() == "abort";

    private bool EndsByItself => script["close"] is null && script["end"] is null;

    /// <summary>Plays it.</summary>
    /// <returns>True when the connection is to be broken.</returns>
    public async Task<bool> PlayAsync(CancellationToken aborted)
    {
        foreach (var frame in script["frames"]!.AsArray())
        {
            await SendAsync(Padded(frame!.AsObject()));
        }

        if (EndsByItself && _pongsLeft == 0)
        {
            await SendAsync(End);
        }
        else if (script["close"] is { } close)
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)close[0]!.GetValue<int>(), close[1]!.GetValue<string>(), aborted);
        }

        return await ReadToTheEndAsync(aborted);
    }

    private static string Padded(JsonObject frame)
    {
        if (frame["padding"] is not { } padding)
        {
            return frame.ToJsonString();
        }

        var padded = frame.DeepClone().AsObject();
        padded["padding"] = new string('x', padding.GetValue<int>());
        return padded.ToJsonString();
    }

    private async Task<bool> ReadToTheEndAsync(CancellationToken aborted)
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var message = await socket.ReceiveAsync(buffer.AsMemory(), aborted);
                if (message.MessageType == WebSocketMessageType.Close)
                {
                    await AnswerCloseAsync(aborted);
                    return false;
                }

                Assert.Equal("""{"type":"ping"}""", Encoding.UTF8.GetString(buffer, 0, message.Count));

                // The second ping of a client shows that it has read everything before.
                if (IsAbort && ++_pings == 2)
                {
                    return true;
                }

                if (!IsSilent && socket.State == WebSocketState.Open)
                {
                    await SendAsync(Pong);
                    if (_pongsLeft > 0 && --_pongsLeft == 0)
                    {
                        await SendAsync(End);
                    }
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The client went without a close.
            return false;
        }
    }

    private async Task AnswerCloseAsync(CancellationToken aborted)
    {
        if (socket.State == WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, "", aborted);
        }
    }

    private async Task SendAsync(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text).AsMemory();
        var fragment = script["fragments"] is null ? bytes.Length : FragmentBytes;
        for (var sent = 0; sent < bytes.Length; sent += fragment)
        {
            var part = bytes[sent..Math.Min(bytes.Length, sent + fragment)];
            await socket.SendAsync(part, WebSocketMessageType.Text, sent + part.Length == bytes.Length, CancellationToken.None);
        }
    }
}
