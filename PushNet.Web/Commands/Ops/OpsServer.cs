using Microsoft.AspNetCore.Http.Extensions;
using PushNet.Web.Operators.Commands;

namespace PushNet.Web.Commands.Ops;

/// <summary>The operator port of a running server, as the tool sees it.</summary>
/// <param name="url">The address of its operator port.</param>
/// <param name="key">A key with the scope ops.</param>
internal sealed class OpsServer(Uri url, string key) : IDisposable
{
    // Never through a proxy of the environment, because this machine is asked, with a key.
    private readonly ServerClient _server = new(url, key, useProxy: false);

    /// <summary>Asks a command.</summary>
    /// <returns>The answer, JSON.</returns>
    /// <exception cref="IOException">The server is not there, or says no; the message says why.</exception>
    public async Task<string> AskAsync(
        OperatorCommand command, IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancellation)
    {
        var query = new QueryBuilder(parameters).ToQueryString();
        using var request = new HttpRequestMessage(command.Changes ? HttpMethod.Post : HttpMethod.Get, command.Path + query);
        return await _server.SendAsync(request, content => content.ReadAsStringAsync(cancellation), cancellation);
    }

    public void Dispose() => _server.Dispose();
}
