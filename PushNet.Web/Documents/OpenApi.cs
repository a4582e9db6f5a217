using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using PushNet.Web.Http;
using PushNet.Web.Security;

namespace PushNet.Web.Documents;

/// <summary>
/// The routes over HTTP as an OpenAPI 3.1 document: the routes from the code, the answers from <see cref="AnswerSchemas"/>.
/// </summary>
internal static class OpenApi
{
    /// <summary>The license of PushNet.</summary>
    public const string License = "Apache-2.0";

    /// <summary>The framework's own name for a document without one.</summary>
    private const string Name = "v1";

    private const string Json = "application/json";
    private const string Ndjson = "application/x-ndjson";
    private const string Bearer = "bearer";
    private const string InQuery = "query";

    public static void AddTo(IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) => Describe(document));
        options.AddOperationTransformer((operation, context, _) => Describe(operation, context));
    });

    /// <summary>The document, as JSON.</summary>
    public static async Task<byte[]> DocumentAsync(IServiceProvider services)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync();
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        return json.ToArray();
    }

    private static Task Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "PushNet over HTTP",
            Version = ServerVersion.Release,
            Description = "These addresses read the board and feed it. /asyncapi.json describes the channels, over "
                + "WebSockets and as event streams.",
            License = new OpenApiLicense { Name = License, Identifier = License },
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas = Schemas();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
            [InQuery] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                Name = KeyCarrier.QueryKey,
                In = ParameterLocation.Query,
            },
        };
        return Task.CompletedTask;
    }

    /// <summary>Reads in the schemas, which are written once for both documents.</summary>
    private static IDictionary<string, IOpenApiSchema>? Schemas()
    {
        var schemas = BoardSchemas.All.Where(shared => shared.Name != "SnapshotGame").Concat(AnswerSchemas.All);
        var text = new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "schemas", ["version"] = "1" },
            ["paths"] = new JsonObject(),
            ["components"] = new JsonObject
            {
                ["schemas"] = new JsonObject(schemas.Select(schema => KeyValuePair.Create(schema.Name, (JsonNode?)schema.Schema))),
            },
        }.ToJsonString();
        return OpenApiDocument.Parse(text, "json").Document!.Components!.Schemas;
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<AnswerDescription>().SingleOrDefault() is not { } answer)
        {
            return Task.CompletedTask;
        }

        var document = context.Document!;
        operation.Responses = new OpenApiResponses { ["200"] = Response("OK", document, answer.Answer) };
        foreach (var status in answer.Errors)
        {
            operation.Responses[$"{status}"] = status == StatusCodes.Status304NotModified
                ? new OpenApiResponse { Description = "The answer that the client holds (If-None-Match) is still current" }
                : Response(ReasonPhrases.GetReasonPhrase(status), document, AnswerSchemas.Error);
        }

        // They are read as text and are optional, so that what is wrong with them gets a sentence.
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Required |= parameter.Name == "q";
            parameter.Schema = parameter.Name switch
            {
                "live" => new OpenApiSchema { Type = JsonSchemaType.Boolean },
                "seen" => new OpenApiSchema { Type = JsonSchemaType.Integer, Enum = [JsonValue.Create(1)] },
                _ => parameter.Schema,
            };
        }

        if (metadata.OfType<IAuthorizeData>().FirstOrDefault()?.Policy is { } scope)
        {
            operation.Responses["401"] = Response("The key is missing, wrong, or lacks the scope", document, AnswerSchemas.Error);
            const string tooMuch =
                "The key or the address has too much open, or too many requests without a good key came from this address";
            var refused = Response(tooMuch, document, AnswerSchemas.Refused);
            refused.Content![Json] = OneOf(document, AnswerSchemas.Refused, AnswerSchemas.ShareUsedUp);
            operation.Responses["429"] = refused;
            operation.Description = $"{operation.Description} Needs a key with the scope {scope}.".Trim();
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(InQuery, document)] = [] },
            ];
        }

        if (answer.Answer == AnswerSchemas.IngestSummary)
        {
            DescribeIngest(operation, document);
        }

        return Task.CompletedTask;
    }

    private static void DescribeIngest(OpenApiOperation operation, OpenApiDocument document)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "Observations, one JSON object per line.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Ndjson] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        };
        operation.Parameters =
        [
            new OpenApiParameter
            {
                Name = "acks",
                In = ParameterLocation.Query,
                Description = "1: the answer is NDJSON and starts at once. It has a line of totals after each commit, and the summary is "
                    + "the last line.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Enum = [JsonValue.Create(0), JsonValue.Create(1)] },
            },
        ];
        var responses = operation.Responses!;
        responses["200"].Content![Ndjson] = OneOf(
            document, AnswerSchemas.IngestAck, AnswerSchemas.IngestSummary, AnswerSchemas.IngestEnded);
        responses["401"].Content![Json] = OneOf(document, AnswerSchemas.Error, AnswerSchemas.IngestEnded);
        responses["503"].Content![Json] = OneOf(document, AnswerSchemas.Error, AnswerSchemas.IngestEnded);
    }

    private static OpenApiMediaType OneOf(OpenApiDocument document, params IEnumerable<string> schemas) =>
        new() { Schema = new OpenApiSchema { OneOf = [.. schemas.Select(schema => new OpenApiSchemaReference(schema, document))] } };

    private static OpenApiResponse Response(string description, OpenApiDocument document, string schema) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = new OpenApiSchemaReference(schema, document) } },
    };
}
