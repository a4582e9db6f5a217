namespace PushNet.Client;

/// <summary>What a client is doing.</summary>
public enum ClientState
{
    /// <summary>Not connected yet, or not any more.</summary>
    Closed,

    /// <summary>The connection is being opened.</summary>
    Connecting,

    /// <summary>The snapshot has come, and changes follow.</summary>
    Open,

    /// <summary>Connects again by itself, at <see cref="PushNetClient.RetryAt"/>.</summary>
    Waiting,

    /// <summary>Stopped: the key is missing, wrong, revoked or expired, or lacks the scope.</summary>
    Unauthorized,

    /// <summary>Stopped: the query or the address is wrong.</summary>
    Refused,
}

/// <summary>Trying again would not help. The message is the server's sentence.</summary>
/// <param name="state"><see cref="ClientState.Unauthorized"/> or <see cref="ClientState.Refused"/>.</param>
/// <param name="message">What is wrong.</param>
public sealed class PushNetException(ClientState state, string message) : Exception(message)
{
    /// <summary><see cref="ClientState.Unauthorized"/> or <see cref="ClientState.Refused"/>.</summary>
    public ClientState State { get; } = state;
}
