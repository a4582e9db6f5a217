using System.CommandLine;
using PushNet.Actors.Games;
using PushNet.Web.Hosting;
using PushNet.Web.Settings;
using Spectre.Console;

namespace PushNet.Web.Commands.Feed;

/// <summary><c>feed</c>: sends a file of observations to a server.</summary>
internal static class FeedCommand
{
    private const string StandardInput = "-";

    private static readonly Argument<string> Source = new("FILE")
    {
        Description = $"The file: NDJSON, one observation per line. {StandardInput} reads the standard input, which may go on for hours.",
    };

    private static readonly Option<Uri?> Url =
        ServerUrl.Option(
            $"The server. Default: {KestrelSetup.DefaultUrl}.", KestrelSetup.DefaultUrl, Uri.UriSchemeHttp, Uri.UriSchemeHttps);

    private static readonly Option<string?> Nats = new("--nats")
    {
        Description = "Publish to a NATS server instead, to the stream from which PushNet reads. The stream is made if it does not exist. "
            + "Its name, subject and credentials are the settings PushNet__Feed__Stream, __Subject and __Credentials.",
        HelpName = "URL",
    };

    public static Command Create()
    {
        var feed = new Command("feed", "Sends a file of observations to a server and says what became of them.")
        {
            Source, Url, ClientKey.FileOption, Nats,
        };
        feed.SetAction(Run);
        return feed;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var source = parsed.GetRequiredValue(Source);
        FileSender? sender = null;
        try
        {
            await using var target = await Target(parsed);
            sender = new FileSender(target);
            await using var stream = Open(source);
            await WithProgress(error, stream, onProgress => sender.SendAsync(stream, onProgress), () => sender.Counts.Lines);
            foreach (var (line, why) in sender.Errors)
            {
                await error.WriteLineAsync($"line {line}: {ControlCharacters.Replace(why)}");
            }

            foreach (var (line, what) in sender.Warnings)
            {
                await error.WriteLineAsync($"line {line} was taken: {ControlCharacters.Replace(what)}");
            }

            await output.WriteLineAsync($"{sender.Counts.Lines} lines: {target.Describe(sender.Counts)}");
            return sender.Counts.Rejected == 0 ? 0 : 1;
        }
        catch (Exception e) when (e is SettingsException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
            if (sender is { LastLine: > 0 } begun)
            {
                await error.WriteLineAsync(
                    $"Everything up to line {begun.LastLine} was taken. Send the rest: tail -n +{begun.LastLine + 1}");
            }

            return 1;
        }
    }

    private static async Task<IFeedTarget> Target(ParseResult parsed) =>
        parsed.GetValue(Nats) is { } url
            ? await NatsTarget.ConnectAsync(Feeds.NatsOf(PushNetServer.Configure(null).Options.Feed with { Url = url }))
            : new ServerTarget(parsed.GetValue(Url) ?? new Uri(KestrelSetup.DefaultUrl), ClientKey.Of(parsed));

    private static Stream Open(string source) =>
        source == StandardInput ? Console.OpenStandardInput() : File.OpenRead(CallerFolder.Resolve(source));

    private static async Task WithProgress(TextWriter error, Stream stream, Func<Action<long>, Task> send, Func<long> lines)
    {
        if (Console.IsErrorRedirected)
        {
            await send(_ => { });
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        await console.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var task = progress.AddTask("0 lines", maxValue: stream.CanSeek ? stream.Length : 1);
            task.IsIndeterminate = !stream.CanSeek;
            await send(bytes =>
            {
                task.Description = $"{lines()} lines";
                task.Value = stream.CanSeek ? bytes : 0;
            });
        });
    }
}
