using PushNet.Web.Documents;

namespace PushNet.Tests.Clients;

/// <summary>
/// The types of the clients are written from the AsyncAPI document, so that no frame and no field is forgotten. After a change of the
/// document, run these tests with PUSHNET_WRITE=1, and they write the files anew.
/// </summary>
public sealed class ClientTypesTests
{
    [Theory]
    [InlineData("clients/js/frames.d.ts")]
    [InlineData("clients/python/pushnet/frames.py")]
    [InlineData("clients/dotnet/Frames.cs")]
    public void The_types_of_the_clients_are_those_of_the_document(string file)
    {
        var written = Path.GetExtension(file) switch
        {
            ".ts" => TypeScriptTypes.Text(),
            ".py" => PythonTypes.Text(),
            _ => CSharpTypes.Text(),
        };
        if (Environment.GetEnvironmentVariable("PUSHNET_WRITE") == "1")
        {
            File.WriteAllText(DocsTests.PathOf(file), written);
        }

        Assert.Equal(written, File.ReadAllText(DocsTests.PathOf(file)));
    }

    [Fact]
    public void Every_message_of_the_document_is_a_frame() => Assert.Equal(
        AsyncApi.Document()["components"]!["messages"]!.AsObject().Select(message => message.Key).Where(
            type => type is not ("ping" or "closed")),
        WireTypes.Sent.Select(frame => frame.FrameType));
}
