using System.Buffers;
using System.Net.WebSockets;
using System.Text.Unicode;
using Akka.Actor;
using PushNet.Actors.Clock;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Web.Sockets;

/// <summary>
/// Reads what a client says, answers (docs/protocol.md#pong-error), and closes on abuse (docs/protocol.md#closing). It reads the next
/// message only when the socket took the answer to the one before, but notices earlier when the client closes. It holds no buffer
/// while the client is silent.
/// </summary>
internal sealed class ClientReader(MessageSocket socket, IActorRef subscriber, TimeProvider time)
{
    private const int MaxUnknownMessages = 10;

    // Bytes that a closing connection still inflates on the way to the client's close frame: a small message may be a bomb.
    private const int LongestRest = 16 * ClientMessage.MaxBytes;
    private static readonly TimeSpan UnknownMessagesWindow = TimeSpan.FromSeconds(10);

    private SlidingWindow? _unknownMessages;
    private int _rest;

    // Completes when the socket took the last answer.
    private Task _answered = Task.CompletedTask;

    /// <summary>Reads until the connection has ended one way or another.</summary>
    /// <param name="aborted">Canceled when the connection was aborted.</param>
    public async Task RunAsync(CancellationToken aborted)
    {
        try
        {
            // Waits here without a buffer, and holds as little as it can, because a client is silent most of its life.
            while (_rest <= LongestRest && await socket.WebSocket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None)
                is { MessageType: not WebSocketMessageType.Close } first && await ReadMessage(first, aborted))
            {
            }

            await (_rest <= LongestRest ? socket.EchoClose() : DiscardRest());
        }
        catch (WebSocketException e) when (e.WebSocketErrorCode is not WebSocketError.ConnectionClosedPrematurely)
        {
            // Ending now with unread input would reset the connection, and the close frame would be lost with it. So the rest is read and
            // thrown away for a while.
            socket.GaveUp();
            await DiscardRest();
        }
    }

    /// <param name="first">What is known of the message before any of it was read.</param>
    /// <param name="aborted">Canceled when the connection was aborted.</param>
    /// <returns>False when the client closed.</returns>
    private async Task<bool> ReadMessage(ValueWebSocketReceiveResult first, CancellationToken aborted)
    {
        await _answered;

        // One byte more than allowed, to see that a message is too long. An empty message is complete already.
        var buffer = ArrayPool<byte>.Shared.Rent(ClientMessage.MaxBytes + 1);
        try
        {
            var (length, complete) = (0, first.EndOfMessage);
            while (!complete && length <= ClientMessage.MaxBytes)
            {
                var received = await socket.WebSocket.ReceiveAsync(
                    buffer.AsMemory(length, ClientMessage.MaxBytes + 1 - length), CancellationToken.None);
                if (received.MessageType is WebSocketMessageType.Close)
                {
                    return false;
                }

                (length, complete) = (length + received.Count, received.EndOfMessage);
            }

            if (socket.IsClosing)
            {
                _rest += socket.SharesCompression ? length : 0;
            }
            else
            {
                Handle(first.MessageType, buffer.AsMemory(0, length), aborted);
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Handle(WebSocketMessageType type, ReadOnlyMemory<byte> message, CancellationToken aborted)
    {
        if (type is WebSocketMessageType.Binary)
        {
            socket.Close(CloseCodes.UnsupportedData, "binary messages are not taken");
        }
        else if (message.Length > ClientMessage.MaxBytes)
        {
            socket.Close(CloseCodes.MessageTooBig, $"messages may have {ClientMessage.MaxBytes} bytes");
        }
        else if (!Utf8.IsValid(message.Span))
        {
            // .NET accepts a message that ends within a character.
            socket.Close(CloseCodes.InvalidPayload, "text must be UTF-8");
        }
        else if (ClientMessage.IsPing(message))
        {
            Answer(new FrameEncoder().Pong(Moment.Now(time).Ts), aborted);
        }
        else if ((_unknownMessages ??= new SlidingWindow(MaxUnknownMessages, UnknownMessagesWindow)).Allows(time.GetElapsedTime(0)))
        {
            Answer(new FrameEncoder().Error("""unknown message; the only one is {"type":"ping"}"""), aborted);
        }
        else
        {
            socket.Close(CloseCodes.PolicyViolation, "too many unknown messages");
        }
    }

    private void Answer(ReadOnlyMemory<byte> frame, CancellationToken aborted) =>
        _answered = subscriber.Ask<Written>(new Reply(frame), Timeout.InfiniteTimeSpan, aborted);

    private async Task DiscardRest()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ClientMessage.MaxBytes);
        try
        {
            while (await socket.Stream.ReadAsync(buffer) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
