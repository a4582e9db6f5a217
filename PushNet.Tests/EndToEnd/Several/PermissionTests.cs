using PushNet.Actors.Log;
using PushNet.Actors.Log.Nats;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Keys.Bucket;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>A permission in deploy/nats.conf that the user of NATS does not have is named by whatever needs it.</summary>
public sealed class PermissionTests : IDisposable
{
    private const string Info = "$JS.API.STREAM.INFO.PUSHNET";
    private const string Consumers = "$JS.API.CONSUMER.CREATE.PUSHNET.>";
    private const string Keys = "$KV.PUSHNET_KEYS.>";

    private readonly TempFolder _folder = new();
    private readonly DeployedNats _deployed;
    private int _servers = 100;

    public PermissionTests() => _deployed = new DeployedNats(_folder);

    [FactWithFile(NatsServer.Program)]
    public async Task What_is_refused_is_named_by_the_start_by_health_and_by_the_keys()
    {
        await using var nats = await _deployed.StartAsync(Consumers, Keys);
        var settings = new NatsLogSettings { Url = DeployedNats.UrlOf(nats), MaxBytes = 64 * 1024 * 1024 };
        await using (var server = await PushServer.StartAsync(("Data:Nats", settings.Url), ("Data:Log:MaxBytes", $"{settings.MaxBytes}")))
        {
            await using var bucket = new KeyBucket(settings, "test", TimeProvider.System);
            await Eventually.ThrowsAsync<KeyStoreException>(
                () => bucket.CreateAsync(new NewKey("board", ["live"], default, null), CancellationToken.None).AsTask(), Sentence(Keys));
            await Eventually.True(async () =>
                (await server.Http.GetStringAsync("/health")).Contains(Sentence(Consumers), StringComparison.Ordinal));
        }

        await _deployed.StartAgainAsync(nats, Info);
        var start = await Assert.ThrowsAsync<IOException>(
            () => NatsBoard.OpenAsync(settings, new LogSettings { Name = "test" }));
        Assert.Contains(Sentence(Info), start.Message, StringComparison.Ordinal);
    }

    // Each is taken away from a server that finds a log, images and keys; at the end of the list are those for the first start.
    [LongFact(NatsServer.Program)]
    public async Task Every_permission_is_needed_and_named_when_it_is_missing()
    {
        await using var nats = await _deployed.StartAsync();
        var (first, later) = (
            DeployedNats.Permissions.Where(subject => subject.Contains(".STREAM.CREATE.", StringComparison.Ordinal)).ToList(),
            DeployedNats.Permissions.Where(subject => !subject.Contains(".STREAM.CREATE.", StringComparison.Ordinal)).ToList());
        Assert.Equal((3, 13), (first.Count, later.Count));
        foreach (var subject in first)
        {
            await AssertNamedAsync(nats, subject);
        }

        await FillAsync(nats);
        foreach (var subject in later)
        {
            await AssertNamedAsync(nats, subject);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string Sentence(string subject) =>
        $"the user of NATS may not {(subject[0] == '_' ? "subscribe" : "publish")} to {subject.TrimEnd('>', '*')}";

    private async Task AssertNamedAsync(NatsServer nats, string subject)
    {
        await _deployed.StartAgainAsync(nats, subject);
        var setting = ("PushNet__Data__Nats", DeployedNats.UrlOf(nats));

        // Those before it in the order of names would write the images, and were killed.
        using var server = ServerProcess.Start(
            [],
            setting,
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            ("PushNet__Data__Log__Name", $"server-{--_servers}"),
            ("PushNet__Data__Log__MaxBytes", "67108864"),
            ("PushNet__Data__Log__ImageInterval", "10s"));
        using var keys = subject == Keys ? ServerProcess.Start(["keys", "create", "board", "--scopes", "live"], setting) : null;
        using var http = new HttpClient();
        var listening = server.ListeningAsync();
        var said = "";

        // On a machine that is busy enough, a start takes as long as all else.
        await Eventually.True(() => Task.FromResult(server.Output.Length > 0), () => $"nothing was printed without {subject}");
        await Eventually.True(
            async () =>
            {
                said = $"{server.Output}\n{keys?.Output}";
                said += listening.IsCompletedSuccessfully ? await http.GetStringAsync(new Uri(await listening, "/health")) : "";
                return said.Contains(Sentence(subject), StringComparison.Ordinal);
            },
            () => $"nobody said: {Sentence(subject)}\n{said}");
    }

    // A log and keys, and images that are too old to be read.
    private async Task FillAsync(NatsServer nats)
    {
        await _deployed.StartAgainAsync(nats);
        var settings = new NatsLogSettings { Url = DeployedNats.UrlOf(nats), MaxBytes = 64 * 1024 * 1024 };
        await using var keeping = await NatsBoard.OpenAsync(settings, new LogSettings { Name = "test" });
        for (var sequence = 1; sequence <= NatsImages.Kept; sequence++)
        {
            await keeping.Log.PutImageAsync(sequence, [1], CancellationToken.None);
        }

        await using var bucket = new KeyBucket(settings, "test", TimeProvider.System);
        await bucket.CreateAsync(new NewKey("feeder", ["ingest"], default, null), CancellationToken.None);
    }
}
