using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.Net.Http.Headers;

namespace PushNet.Web.Ingest;

/// <summary>The content codings of a body (RFC 9110, section 8.4): none, or gzip.</summary>
internal static class BodyEncoding
{
    private const string Gzip = "gzip";
    private const string Identity = "identity";

    static BodyEncoding()
    {
        // Else .NET takes a gzip body that broke off for one that ended.
        AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);
    }

    /// <summary>What is wrong with the encoding of a request, as a sentence; null when nothing is.</summary>
    public static string? Fault(HttpRequest request) =>
        Of(request) is "" or Identity or Gzip
            ? null
            : $"{HeaderNames.ContentEncoding} \"{Of(request)}\" is not known here; send the body as {Gzip}, or as it is";

    /// <summary>The body as it was before it was encoded. Reading throws <see cref="InvalidDataException"/> with a sentence when it is broken.</summary>
    public static PipeReader Decode(HttpRequest request)
    {
        if (Of(request) != Gzip)
        {
            return request.BodyReader;
        }

        var guard = new ExpansionGuard();
        var packed = new MeasuredStream(request.Body, ExpansionGuard.MostAtOnce, guard.Packed);
        var unpacking = new GZipStream(packed, CompressionMode.Decompress);
        request.HttpContext.Response.RegisterForDispose(unpacking);
        return PipeReader.Create(new MeasuredStream(unpacking, int.MaxValue, guard.Unpacked));
    }

    private static string Of(HttpRequest request) => request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant();
}
