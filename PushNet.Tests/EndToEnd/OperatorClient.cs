using System.Net.Http.Headers;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>An operator of a server: its operator port, with the key that may do everything.</summary>
internal sealed class OperatorClient : IDisposable
{
    public OperatorClient(PushServer server, string? key = PushServer.Key)
    {
        Http = new HttpClient { BaseAddress = server.OperatorUrl };
        Http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
    }

    public HttpClient Http { get; }

    /// <summary>Asks a command; fails when the answer is an error.</summary>
    public async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await Http.GetStringAsync(path)).RootElement;

    /// <summary>Changes something; fails when the answer is an error.</summary>
    public async Task<JsonElement> PostAsync(string path)
    {
        using var response = await Http.PostAsync(path, null);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>The status of an answer, and its sentence if it is an error.</summary>
    public async Task<(int Status, string? Error)> StatusAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, response.IsSuccessStatusCode || !body.StartsWith('{')
            ? null : JsonDocument.Parse(body).RootElement.GetProperty("error").GetString());
    }

    public void Dispose() => Http.Dispose();
}
