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
        // Otherwise .NET takes a gzip body that broke off for a complete one.
        AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);
    }

    /// <summary>What is wrong with the encoding of a request, as a sentence; null when nothing is.</summary>
    public static string? Fault(HttpRequest request) =>
        Of(request) is "" or Identity or Gzip
            ? null
            : $"{HeaderNames.ContentEncoding} \"{Of(request)}\" is not known here; send the body as {Gzip}, or as it is";

    /// <summary>
    /// The body as it was before it was encoded. Reading throws <see cref="InvalidDataException"/> with a sentence when it is
    /// broken.
    /// </summary>
    public static PipeReader Decode(HttpRequest request)
    {
        if (Of(request) != Gzip)
        {
            return request.BodyReader;
        }

        var guard = new ExpansionGuard();
        var isRead = false;
        var packed = new MeasuredStream(request.Body, ExpansionGuard.MostAtOnce, bytes =>
        {
            isRead |= bytes == 0;
            guard.Packed(bytes);
        });
        var unpacking = new GZipStream(packed, CompressionMode.Decompress);
        request.HttpContext.Response.RegisterForDispose(unpacking);
        return PipeReader.Create(new MeasuredStream(unpacking, int.MaxValue, bytes =>
        {
            guard.Unpacked(bytes);

            // .NET looks for another member behind each. When it finds something else, it says that the body has ended.
            if (bytes == 0 && !isRead)
            {
                throw new InvalidDataException("what follows the end of its gzip data is none; send nothing behind it");
            }
        }));
    }

    // x-gzip is an old name (RFC 9110, section 8.4.1.3).
    private static string Of(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant() is var coding && coding == "x-gzip" ? Gzip : coding;
}
