using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace PushNet.Tests.EndToEnd;

/// <summary>TLS for a test's server, with a self-signed certificate.</summary>
internal static class SelfSigned
{
    public static void Use(WebApplicationBuilder builder)
    {
        builder.WebHost.UseUrls("https://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = Certificate()));
    }

    /// <summary>A certificate with its key as a file of PKCS #12, without a password.</summary>
    public static byte[] Pfx()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return certificate.Export(X509ContentType.Pfx);
    }

    private static X509Certificate2 Certificate() => X509CertificateLoader.LoadPkcs12(Pfx(), null);
}
