using System.Diagnostics;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Documents;

/// <summary>Reads the AsyncAPI document with the reference parser, which is on npm.</summary>
public sealed class AsyncApiParserTests
{
    private const string Folder = "PushNet.Tests/Documents/asyncapi";

    [FactWithFile($"{Folder}/node_modules/@asyncapi/parser/package.json")]
    public async Task The_document_is_valid()
    {
        await using var server = await PushServer.StartAsync();
        var document = await server.Http.GetStringAsync("/asyncapi.json");

        Assert.Equal((0, "channels: /ws/live /ws/odds\nmessages: 14 16\n"), await Check(document));
        Assert.NotEqual(0, (await Check(
            document.Replace("#/components/messages/welcome", "#/components/messages/none", StringComparison.Ordinal))).ExitCode);
    }

    private static async Task<(int ExitCode, string Output)> Check(string document)
    {
        using var parser = Process.Start(new ProcessStartInfo("node", "check.mjs")
        {
            WorkingDirectory = Path.Combine(DocsTests.Root, Folder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await parser.StandardInput.WriteAsync(document);
        parser.StandardInput.Close();
        var output = await parser.StandardOutput.ReadToEndAsync();
        await parser.WaitForExitAsync().WaitAsync(PushServer.Patience);
        return (parser.ExitCode, output);
    }
}
