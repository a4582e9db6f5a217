using NATS.Client.Core;
using PushNet.Actors.Log.Nats;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Keys.Bucket;

namespace PushNet.Tests.EndToEnd;

/// <summary>A log and keys in a NATS that speaks TLS and asks for certificates.</summary>
public sealed class NatsTlsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority;
    private readonly TestAuthority _other;
    private readonly (string Certificate, string Key) _own;

    public NatsTlsTests()
    {
        (_authority, _other) = (new TestAuthority(_folder, "authority"), new TestAuthority(_folder, "other"));
        _own = _authority.Issue("server");
    }

    [FactWithFile(NatsServer.Program)]
    public async Task A_server_with_the_right_files_uses_log_and_keys_and_any_other_is_told_what_is_wrong()
    {
        await using var nats = await NatsServer.StartAsync("-c", Configuration());
        await using (var server = await PushServer.StartAsync(
            ("Data:Nats", nats.Url),
            ("Data:Log:MaxBytes", "67108864"),
            ("Data:Log:Tls:Authority", _authority.File),
            ("Data:Log:Tls:Certificate", _own.Certificate),
            ("Data:Log:Tls:Key", _own.Key)))
        {
            Assert.Equal(1, (await server.IngestAsync(Lines.Game("g1"))).GetProperty("applied").GetInt32());
        }

        var right = new NatsLogSettings
        {
            Url = nats.Url,
            AuthorityFile = _authority.File,
            CertificateFile = _own.Certificate,
            KeyFile = _own.Key,
        };
        const string setting = "in PushNet__Data__Log__Tls__";
        await RefusedAsync(right with { AuthorityFile = null }, "this machine does not trust the certificate", $"{setting}Authority");
        await RefusedAsync(right with { AuthorityFile = _other.File }, $"was not issued by the authority in {_other.File}", setting);
        await RefusedAsync(right with { CertificateFile = null, KeyFile = null }, "NATS demands a certificate", $"{setting}Certificate");
        var (certificate, key) = _other.Issue("stranger");
        var strange = right with { CertificateFile = certificate, KeyFile = key };
        await RefusedAsync(strange, $"does not accept the certificate in {certificate}", $"{setting}Key");
        await RefusedAsync(right with { KeyFile = key }, $"the certificate in {_own.Certificate} or its key can't be used: ", "key");
    }

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    private static async Task RefusedAsync(NatsLogSettings settings, params string[] texts)
    {
        await using var bucket = new KeyBucket(settings, "test", TimeProvider.System);
        await Eventually.ThrowsAsync<NatsException>(() => NatsLog.OpenAsync(settings, CancellationToken.None), texts);
        await Eventually.ThrowsAsync<KeyStoreException>(() => bucket.KeysAsync(CancellationToken.None).AsTask(), texts);
    }

    private string Configuration()
    {
        var file = _folder.File("nats.conf");
        var (certificate, key) = _authority.Issue("nats");
        File.WriteAllText(
            file, $"tls {{ cert_file: \"{certificate}\", key_file: \"{key}\", ca_file: \"{_authority.File}\", verify: true }}");
        return file;
    }
}
