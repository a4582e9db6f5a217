using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Clients;

/// <summary>The libraries below the client of Python would follow a redirect, and take the key along.</summary>
public sealed class PythonRedirectTests
{
    private const string Script = """
        import asyncio, sys
        from pushnet import PushNetClient
        async def main():
            told = asyncio.get_running_loop().create_future()
            def tell(state, error):
                if state == "waiting" and not told.done():
                    told.set_result(error)
            async with PushNetClient(sys.argv[1], "a-key-that-stays-here", on_state=tell) as client:
                following = asyncio.ensure_future(client.__aiter__().__anext__())
                print(await told)
                following.cancel()
                await asyncio.wait([following])
        asyncio.run(main())
        """;

    [FactWithFile("/usr/lib/python3/dist-packages/websockets/__init__.py")]
    public async Task The_key_goes_to_no_server_that_another_names()
    {
        var visits = 0;
        await using var stranger = await ServerAsync(context =>
        {
            Interlocked.Increment(ref visits);
            return Task.CompletedTask;
        });
        var elsewhere = new Uri(stranger.Urls.Single()).Authority;
        await using var redirecting = await ServerAsync(context =>
        {
            var scheme = context.Request.Headers.Upgrade.Count > 0 ? "ws" : "http";
            context.Response.Redirect($"{scheme}://{elsewhere}/");
            return Task.CompletedTask;
        });
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", Script, redirecting.Urls.Single()]) { RedirectStandardOutput = true };
        start.Environment["PYTHONPATH"] = DocsTests.PathOf("clients/python");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";

        using var client = Process.Start(start)!;

        Assert.Equal("the server answers 302\n", await client.StandardOutput.ReadToEndAsync().WaitAsync(PushServer.Patience));
        Assert.Equal(0, visits);
    }

    private static async Task<WebApplication> ServerAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }
}
