using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PushNet.Client;

/// <summary>
/// Follows a channel. It notices a dead connection, connects again with growing, random delays or when the server says, and throws
/// <see cref="PushNetException"/> where trying again would not help. For one reader at a time.
/// </summary>
/// <param name="url">Of a channel with its query, but without the key.</param>
/// <param name="key">16 to 128 characters of <c>A-Z a-z 0-9 _ -</c>.</param>
/// <param name="options">How to connect; null: as <see cref="PushNetClientOptions"/> says.</param>
public sealed partial class PushNetClient(Uri url, string key, PushNetClientOptions? options = null)
{
    private const double LongestAskedMs = 3_600_000;
    private static readonly HttpMessageInvoker DefaultInvoker = new(new SocketsHttpHandler());

    private readonly PushNetClientOptions _options = options ?? new PushNetClientOptions();
    private readonly Uri _url = new UriBuilder(url) { Scheme = url.Scheme.Replace("http", "ws", StringComparison.Ordinal) }.Uri;
    private int _failures;
    private double? _afterMs;

    /// <summary>Follows a channel.</summary>
    /// <param name="url">Of a channel with its query, but without the key.</param>
    /// <param name="key">16 to 128 characters of <c>A-Z a-z 0-9 _ -</c>.</param>
    /// <param name="options">How to connect; null: as <see cref="PushNetClientOptions"/> says.</param>
    public PushNetClient(string url, string key, PushNetClientOptions? options = null)
        : this(new Uri(url), key, options)
    {
    }

    /// <summary><see cref="State"/> has changed, or another wait has begun.</summary>
    public event EventHandler? StateChanged;

    /// <summary>The key to connect with. A new key is used from the next connection on.</summary>
    public string Key { get; set; } = key;

    /// <summary>What the server has sent. It keeps its content while the connection is lost.</summary>
    public Board Board { get; } = new();

    /// <summary>What the client is doing.</summary>
    public ClientState State { get; private set; }

    /// <summary>A sentence that says why the connection is not open.</summary>
    public string? Error { get; private set; }

    /// <summary>While waiting: when it connects again.</summary>
    public DateTimeOffset? RetryAt { get; private set; }

    /// <summary>A value for a key of a filter, such as <c>game</c> or <c>league</c>, as the query of the address needs it.</summary>
    /// <param name="value">Any id, code or name.</param>
    public static string FilterValue(string value) => Uri.EscapeDataString(Special().Replace(value, "\\$0"));

    /// <summary>Connects, and goes on for as long as the frames are read. <see cref="Board"/> has taken each of them already.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PushNetException">Trying again would not help.</exception>
    public async IAsyncEnumerable<Frame> FollowAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            while (true)
            {
                _afterMs = null;
                if (!WellFormedKey().IsMatch(Key))
                {
                    throw Stopped(ClientState.Unauthorized, "a key is 16 to 128 characters of A-Z a-z 0-9 _ -");
                }

                Enter(ClientState.Connecting);
                await using var connection = new Connection(_url, Key, _options, _options.Invoker ?? DefaultInvoker);
                await connection.OpenAsync(cancellation);
                while (await connection.ReceiveAsync(cancellation) is { } frame)
                {
                    Take(frame);
                    yield return frame;
                }

                var end = connection.End!;
                await connection.DisposeAsync();
                await Task.Delay(end.MustAsk ? await AskWhyAsync(cancellation) : Wait(_afterMs, end.Error), cancellation);
            }
        }
        finally
        {
            if (State is not (ClientState.Unauthorized or ClientState.Refused))
            {
                Enter(ClientState.Closed);
            }
        }
    }

    [GeneratedRegex("""^[A-Za-z0-9_-]{16,128}\z""")]
    private static partial Regex WellFormedKey();

    [GeneratedRegex("""[\\,]|^\s|\s\z""")]
    private static partial Regex Special();

    private void Take(Frame frame)
    {
        Board.Apply(frame);
        if (frame is SnapshotFrame)
        {
            _failures = 0;
            Enter(ClientState.Open);
        }
        else if (frame is ReconnectFrame reconnect)
        {
            _afterMs = reconnect.AfterMs;
        }
    }

    /// <summary>A handshake that failed has no sentence. The same address, asked over HTTP, does.</summary>
    /// <returns>How long to wait.</returns>
    private async Task<TimeSpan> AskWhyAsync(CancellationToken cancellation)
    {
        Enter(ClientState.Connecting);
        var answer = await Answer.AskAsync(_url, Key, _options.Invoker ?? DefaultInvoker, cancellation);
        return answer.Status switch
        {
            HttpStatusCode.Unauthorized => throw Stopped(ClientState.Unauthorized, answer.Error),
            HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed =>
                throw Stopped(ClientState.Refused, answer.Error),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => Wait(answer.RetryAfterMs, answer.Error),
            HttpStatusCode.UpgradeRequired => Wait(null, "the connection failed"), // Nothing is against it now.
            _ => Wait(null, answer.Error),
        };
    }

    private PushNetException Stopped(ClientState state, string error)
    {
        Enter(state, error);
        return new PushNetException(state, error);
    }

    private TimeSpan Wait(double? askedMs, string error)
    {
        var delay = askedMs is { } ms ? TimeSpan.FromMilliseconds(Math.Min(ms, LongestAskedMs)) : BackOff();
        RetryAt = TimeProvider.System.GetUtcNow() + delay;
        Enter(ClientState.Waiting, error);
        return delay;
    }

    /// <summary>
    /// Random over a span that doubles with each failure, so that those who were cut off together don't come back together.
    /// </summary>
    private TimeSpan BackOff()
    {
        var shortest = _options.MinDelay.TotalSeconds;
        var longest = Math.Min(_options.MaxDelay.TotalSeconds, shortest * Math.Pow(2, ++_failures));
        return TimeSpan.FromSeconds(shortest + (Random.Shared.NextDouble() * Math.Max(0, longest - shortest)));
    }

    private void Enter(ClientState state, string? error = null)
    {
        if (State == state && Error == error && state != ClientState.Waiting)
        {
            return;
        }

        (State, Error) = (state, error);
        if (state != ClientState.Waiting)
        {
            RetryAt = null;
        }

        StateChanged?.Invoke(this, EventArgs.Empty);
    }
}
