using System.Diagnostics;
using System.Text.Json;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Documents;

/// <summary>Lints both documents with the tools that their readers use, which are on npm.</summary>
[Collection(Examples.Name)]
public sealed class DocumentLintTests(Examples examples)
{
    private const string Folder = "PushNet.Tests/Documents/lint";

    [FactWithFile($"{Folder}/node_modules/@stoplight/spectral-rulesets/package.json")]
    public async Task Spectral_and_the_parser_of_AsyncAPI_have_nothing_against_the_documents()
    {
        var found = await LintAsync(
            examples.OpenApi,
            examples.AsyncApi,
            examples.OpenApi.Replace("\"operationId\"", "\"x-id\"", StringComparison.Ordinal),
            examples.AsyncApi.Replace("#/components/messages/welcome", "#/components/messages/none", StringComparison.Ordinal));

        Assert.Empty(found[0]);
        Assert.Empty(found[1]);
        Assert.Contains(found[2], fault => fault.StartsWith("operation-operationId at paths", StringComparison.Ordinal));
        Assert.Contains(found[3], fault => fault.Contains("messages/none", StringComparison.Ordinal));
    }

    private static async Task<List<string[]>> LintAsync(params string[] documents)
    {
        using var linter = Process.Start(new ProcessStartInfo("node", "lint.mjs")
        {
            WorkingDirectory = DocsTests.PathOf(Folder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        foreach (var document in documents)
        {
            await linter.StandardInput.WriteLineAsync(document.ReplaceLineEndings(""));
        }

        linter.StandardInput.Close();
        var found = new List<string[]>();
        while (await linter.StandardOutput.ReadLineAsync().WaitAsync(PushServer.Patience) is { } line)
        {
            found.Add(JsonSerializer.Deserialize<string[]>(line)!);
        }

        return found;
    }
}
