using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace PushNet.Web.Rest;

/// <summary>
/// Compresses bodies that are long enough to gain by it and whose length is known. A stream of acknowledgements must not wait in a
/// compressor.
/// </summary>
internal sealed class LongBodyCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    /// <summary>The fewest bytes that gain by it.</summary>
    public const int Shortest = 1024;

    public static void AddTo(IServiceCollection services)
    {
        // This is safe over TLS too: no answer mixes secrets with what a stranger chose, which is what attacks on lengths need.
        services.Configure<ResponseCompressionOptions>(compression => compression.EnableForHttps = true);
        services.AddSingleton<IResponseCompressionProvider, LongBodyCompression>();
    }

    public override bool ShouldCompressResponse(HttpContext context) =>
        context.Response.ContentLength >= Shortest && base.ShouldCompressResponse(context);
}
