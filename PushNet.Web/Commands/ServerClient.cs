using System.Net.Http.Headers;
using System.Text.Json;
using PushNet.Actors.Games;
using PushNet.Web.Http;

namespace PushNet.Web.Commands;

/// <summary>A running server, as the tools see it. They ask it with a key, and whatever goes wrong is told in a sentence.</summary>
internal sealed class ServerClient : IDisposable
{
    private static readonly JsonSerializerOptions Json = SnakeCase.Set(new JsonSerializerOptions());

    private readonly HttpClient _http;

    /// <summary>A client of one server.</summary>
    /// <param name="url">Its base address.</param>
    /// <param name="key">The key to show.</param>
    /// <param name="useProxy">Whether to go through a proxy that the environment names.</param>
    public ServerClient(Uri url, string key, bool useProxy)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = useProxy, AllowAutoRedirect = false }) { BaseAddress = url };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Asks.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads an answer that is not an error.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="IOException">The server is not there, or says no; the message says why.</exception>
    public async Task<T> SendAsync<T>(HttpRequestMessage request, Func<HttpContent, Task<T>> read, CancellationToken cancellation = default)
    {
        try
        {
            using var response = await _http.SendAsync(request, cancellation);
            return response.IsSuccessStatusCode
                ? await read(response.Content)
                : throw new ServerException(
                    $"{_http.BaseAddress} answers {(int)response.StatusCode}: {await ErrorOf(response)}", response.StatusCode);
        }
        catch (HttpRequestException e)
        {
            throw new ServerException($"{_http.BaseAddress} can't be reached: {e.Message}", status: null, e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new ServerException($"{_http.BaseAddress} does not answer", status: null, e);
        }
        catch (JsonException e)
        {
            throw new IOException($"{_http.BaseAddress} answers something else than a PushNet server", e);
        }
    }

    /// <summary>Reads an answer that is one JSON object.</summary>
    public static async Task<T> ReadAsync<T>(HttpContent content) => (await content.ReadFromJsonAsync<T>(Json))!;

    public void Dispose() => _http.Dispose();

    private static async Task<string> ErrorOf(HttpResponseMessage response)
    {
        try
        {
            return ControlCharacters.Replace((await ReadAsync<ErrorBody>(response.Content)).Error);
        }
        catch (JsonException)
        {
            return response.ReasonPhrase ?? "";
        }
    }
}
