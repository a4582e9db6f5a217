using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Documents;

/// <summary>What the server sends is what its documents say. A field that is only in one of them fails here.</summary>
[Collection(Examples.Name)]
public sealed class DocumentTests(Examples examples)
{
    private static readonly Dictionary<string, string> SchemaOfOthers = new()
    {
        ["error"] = "Error",
        ["full"] = "Refused",
        ["share"] = "ShareUsedUp",
        ["revoked"] = "IngestEnded",
        ["ack"] = "IngestAck",
        ["ack:later"] = "IngestAck",
        ["warned"] = "IngestSummary",
    };

    [Fact]
    public async Task Every_frame_is_as_the_async_api_document_says()
    {
        var schemas = new Schemas(examples.AsyncApi);
        var described = JsonNode.Parse(examples.AsyncApi)!["components"]!["messages"]!.AsObject().Where(
            message => message.Key != "closed").ToDictionary(
            message => message.Key, message => message.Value!["payload"]!["$ref"]!.GetValue<string>().Split('/')[^1]);
        foreach (var (name, frame) in examples.Frames)
        {
            var type = JsonDocument.Parse(frame).RootElement.Type();
            Assert.Equal(type, name.Split(':')[0]);
            await HoldsAndBreaks(schemas, described[type], frame);
        }

        Assert.Equal(described.Keys.Except(["ping"]).Order(), examples.Frames.Keys.Where(name => !name.Contains(':')).Order());
        Assert.Empty(await schemas.FaultsOf(described["ping"], """{"type":"ping"}"""));
    }

    [Fact]
    public async Task Every_answer_is_as_the_open_api_document_says()
    {
        var schemas = new Schemas(examples.OpenApi);
        var paths = JsonNode.Parse(examples.OpenApi)!["paths"]!.AsObject();
        var used = new HashSet<string>();
        foreach (var (name, answer) in examples.Answers)
        {
            var schema = SchemaOfOthers.GetValueOrDefault(name)
                ?? paths[name]!.AsObject().Single().Value!["responses"]!["200"]!["content"]!["application/json"]!["schema"]![
                    "$ref"]!.GetValue<string>().Split('/')[^1];
            used.Add(schema);
            await HoldsAndBreaks(schemas, schema, answer);
        }

        Assert.Equal(paths.Select(path => path.Key).Order(), examples.Answers.Keys.Except(SchemaOfOthers.Keys).Order());
        Assert.Equal(schemas.Names.Except(["Game", "Team", "Scores", "PeriodScore", "Outcome", "Markets"]).Order(), used.Order());
    }

    [Fact]
    public async Task Every_route_is_in_a_document()
    {
        await using var server = await PushServer.StartAsync();
        var routes = server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}")
            .Where(route => route.StartsWith("/v1/", StringComparison.Ordinal) || route.StartsWith("/ws/", StringComparison.Ordinal)
                || route.StartsWith("/sse/", StringComparison.Ordinal) || route == "/health")
            .Distinct();

        var documented = JsonNode.Parse(examples.OpenApi)!["paths"]!.AsObject().Select(path => path.Key)
            .Concat(JsonNode.Parse(examples.AsyncApi)!["channels"]!.AsObject()
                .Select(channel => channel.Value!["address"]!.GetValue<string>()));
        Assert.Equal(routes.Order(), documented.Order());
    }

    [Fact]
    public void The_open_api_document_is_of_version_3_1() =>
        Assert.StartsWith("3.1.", JsonNode.Parse(examples.OpenApi)!["openapi"]!.GetValue<string>());

    [Theory]
    [InlineData("/openapi.json", "application/json")]
    [InlineData("/asyncapi.json", "application/json")]
    [InlineData("/docs/", "text/html")]
    [InlineData("/docs/scalar.js", "text/javascript")]
    public async Task The_documents_need_no_key_and_the_page_loads_nothing_from_outside(string path, string type)
    {
        await using var server = await PushServer.StartAsync();
        server.Http.DefaultRequestHeaders.Authorization = null;

        using var response = await server.Http.GetAsync(path);

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        if (type == "text/html")
        {
            Assert.DoesNotContain("//", (await response.Content.ReadAsStringAsync()).Replace("</", "", StringComparison.Ordinal));
            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'self'", policy);
            Assert.DoesNotContain("http", policy);
        }
    }

    [Fact]
    public async Task The_open_api_document_is_made_once_however_often_it_is_asked_for()
    {
        var made = 0;
        await using var server = await PushServer.StartAsync(
            builder => builder.Services.ConfigureAll<OpenApiOptions>(options => options.AddDocumentTransformer((_, _, _) =>
        {
            made++;
            return Task.CompletedTask;
        })));

        var first = await server.Http.GetStringAsync("/openapi.json");

        Assert.Equal(first, await server.Http.GetStringAsync("/openapi.json"));
        Assert.Equal(1, made);
    }

    private static async Task HoldsAndBreaks(Schemas schemas, string name, string json)
    {
        Assert.Empty(await schemas.FaultsOf(name, json));
        foreach (var (what, broken) in schemas.Broken(name, json))
        {
            Assert.True((await schemas.FaultsOf(name, broken)).Count > 0, $"{name} takes {what}: {broken}");
        }
    }
}
