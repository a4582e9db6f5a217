using System.Security.Authentication;
using System.Security.Cryptography;
using NATS.Client.Core;

namespace PushNet.Actors.Log.Nats;

/// <summary>Why a connection to NATS fails. Pure.</summary>
internal static class NatsFault
{
    private const string Tls = "PushNet__Data__Log__Tls__";

    /// <summary>The reason as a sentence for operators, with what to do where that is known.</summary>
    /// <param name="failure">What the client threw.</param>
    /// <param name="settings">Where to, and as whom.</param>
    public static string Of(Exception failure, NatsLogSettings settings)
    {
        var causes = new List<Exception>();
        for (var one = failure; one is not null; one = one.InnerException)
        {
            causes.Add(one);
        }

        return causes switch
        {
            _ when causes.OfType<NatsServerException>().FirstOrDefault() is { } refused => refused.Error,

            // The handshake has an inner cause when it is NATS that ends it.
            [.., AuthenticationException untrusted] => settings.AuthorityFile is { } authority
                ? $"the certificate of NATS was not issued by the authority in {authority}, or is not for the host in PushNet__Data__Nats; "
                    + $"give the file of the authority that issued it in {Tls}Authority"
                : $"this machine does not trust the certificate of NATS ({untrusted.Message.TrimEnd('.')}); give the file of the authority "
                    + $"that issued it in {Tls}Authority",
            [.., CryptographicException] when causes.OfType<IOException>().Any() => settings.CertificateFile is { } certificate
                ? $"NATS does not accept the certificate in {certificate}; give one of an authority that NATS trusts in {Tls}Certificate, "
                    + $"and its key in {Tls}Key"
                : $"NATS demands a certificate of this server; give it in {Tls}Certificate, and its key in {Tls}Key",
            [.., CryptographicException or ArgumentException] when settings.CertificateFile is { } certificate =>
                $"the certificate in {certificate} or its key can't be used: {causes[^1].Message.TrimEnd('.')}",
            _ => causes[^1].Message.TrimEnd('.'),
        };
    }
}
