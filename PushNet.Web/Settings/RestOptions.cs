namespace PushNet.Web.Settings;

/// <summary>Section <c>rest</c>.</summary>
public sealed class RestOptions
{
    /// <summary>The older name of <see cref="PushNetOptions.Origins"/>, for reading over HTTP alone.</summary>
    public string CorsOrigins { get; init; } = "";

    /// <summary>Bytes that all answers being read may hold together.</summary>
    public long MaxBodyBytes { get; init; }

    /// <summary>Requests of one key at once; 0: no cap.</summary>
    public int MaxRequestsPerKey { get; init; }

    /// <summary>Requests of one address at once; 0: no cap.</summary>
    public int MaxRequestsPerAddress { get; init; }
}
