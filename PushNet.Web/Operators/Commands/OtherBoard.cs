using System.Text.Json;
using PushNet.Actors.Log.Entries;
using PushNet.Web.Operators.Port;

namespace PushNet.Web.Operators.Commands;

/// <summary>The board of another server on the log, as that server tells of it.</summary>
/// <param name="Server">The name of the server.</param>
/// <param name="Seq">The number of its last event; null when that is not known.</param>
/// <param name="WhyUnknown">Why it is not known, to stand behind the server's name; null when it is.</param>
internal sealed record OtherBoard(string Server, long? Seq, string? WhyUnknown = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Asks all servers at once, for two seconds at most.</summary>
    public static async Task<IReadOnlyList<OtherBoard>> AskAsync(IEnumerable<LogServer> servers)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        http.Timeout = Patience;
        return await Task.WhenAll(servers.Select(server => AskAsync(http, server)));
    }

    /// <summary>Why the log can't be repaired with the board of this server; null when it can.</summary>
    /// <param name="others">The boards of the other servers.</param>
    /// <param name="seq">The number of this server's last event.</param>
    /// <param name="isForced">True when those that are not known don't count.</param>
    public static string? WhyNot(IReadOnlyList<OtherBoard> others, long seq, bool isForced) =>
        others.MaxBy(other => other.Seq) is { Seq: { } highest } newest && highest > seq
            ? $"the board of server {newest.Server} is at seq {highest}, and this one is at seq {seq}. Repair the log there."
        : !isForced && others.FirstOrDefault(other => other.Seq is null) is { } unknown
            ? $"server {unknown.Server} {unknown.WhyUnknown}, and its board may be newer than this one, which is at seq {seq}. Bring it "
                + "back, or repair with --force if that board is gone."
        : null;

    private static async Task<OtherBoard> AskAsync(HttpClient http, LogServer server)
    {
        if (server.Address.Length == 0)
        {
            return new OtherBoard(server.Name, null, "has no PushNet__Data__Log__Address at which it could be asked");
        }

        try
        {
            var health = await http.GetFromJsonAsync<JsonElement>(new Uri(new Uri(server.Address), OperatorPort.HealthPrefix));
            return new OtherBoard(server.Name, health.GetProperty("log").GetProperty("seq").GetInt64());
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return new OtherBoard(server.Name, null, $"does not answer at {server.Address}");
        }
        catch (Exception)
        {
            return new OtherBoard(server.Name, null, $"is not what answers at {server.Address}");
        }
    }
}
