using System.Net;
using PushNet.Actors.Log.Entries;
using PushNet.Web.Operators.Port;

namespace PushNet.Web.Hosting;

/// <summary>Asks the other servers on a log whether they follow it.</summary>
internal sealed class OtherServers : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(1),
        MaxResponseContentBufferSize = 4096,
    };

    /// <summary>Asks all of them at once, for a second at most.</summary>
    /// <param name="others">The servers; those without an address can't be asked.</param>
    /// <returns>The name of one that is ready and follows the log; null when none says so.</returns>
    public async Task<string?> FollowerAsync(IEnumerable<LogServer> others)
    {
        var asked = others.Where(other => other.Address.Length > 0).ToList();
        var answers = await Task.WhenAll(asked.Select(other => IsFollowingAsync(other.Address)));
        return asked.Where((_, i) => answers[i]).FirstOrDefault()?.Name;
    }

    public void Dispose() => _http.Dispose();

    // One that is cut off itself, and stays ready for want of a better one, says so in its answer.
    private async Task<bool> IsFollowingAsync(string address)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(new Uri(address), $"{OperatorPort.HealthPrefix}/ready"));
            return answer.StatusCode == HttpStatusCode.OK && await answer.Content.ReadFromJsonAsync<Readiness.Body>() is { IsOk: true };
        }
        catch (Exception)
        {
            // Whatever is there, it did not say so.
            return false;
        }
    }
}
