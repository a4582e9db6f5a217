using System.IO.Hashing;
using System.Text;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Log;

/// <summary>
/// Two servers on one log may be of two versions, and must make the same of it. So what the rules in force make of a log is kept in files:
/// the log, what became of each message with the frames, and an image. After a change of the rules, raise
/// <see cref="BoardRules.Highest"/> and run these tests with PUSHNET_WRITE=1, which writes the files of a number that has none.
/// </summary>
public sealed class GoldenLogTests
{
    private const int ImagedAt = 9;

    private const string Changed =
        "This change makes another board of a log than before, and a server that does not have it would show another one than its "
        + "neighbors on the same log. If that is what you want, raise BoardRules.Highest and write the new golden log with "
        + "PUSHNET_WRITE=1.";

    private static string Log => PathOf("log");

    private static string Outcome => PathOf("txt");

    private static string Image => PathOf("image");

    [Fact]
    public void The_rules_in_force_make_of_the_golden_log_what_they_always_did()
    {
        if (Environment.GetEnvironmentVariable("PUSHNET_WRITE") == "1" && !File.Exists(Log))
        {
            Write();
        }

        Assert.True(File.Exists(Log), $"{Log} is missing: write it with PUSHNET_WRITE=1, and delete the files of the number before.");
        var (expected, log) = (File.ReadAllText(Outcome), GoldenLog.Read(File.ReadAllText(Log)));
        Assert.True(expected == OutcomeOf(new Replica(), log), Changed);

        var image = LogImage.Read(Convert.FromBase64String(File.ReadAllText(Image)));
        Assert.True(
            expected.EndsWith(OutcomeOf(new Replica(image), log.Skip(ImagedAt)), StringComparison.Ordinal),
            $"From the golden image on. {Changed}");
    }

    [Fact]
    public void The_golden_log_has_every_kind_of_entry_verdict_and_frame()
    {
        var entries = GoldenLog.Read(File.ReadAllText(Log)).Select(message => LogEntryCodec.Read(message.Payload).GetType()).ToHashSet();
        Assert.Equal(
            typeof(LogEntry).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LogEntry))).Select(type => type.Name).Order(),
            entries.Select(type => type.Name).Order());

        var outcome = File.ReadAllText(Outcome);
        Assert.All(Enum.GetNames<Verdict>().Concat(Enum.GetNames<Sessions.Turn>()), name => Assert.Contains(name, outcome));
        Assert.All(
            Enum.GetValues<EventKind>(),
            kind => Assert.Contains($"{{\"type\":\"{Encoding.UTF8.GetString(WireJson.TypeName(kind))}\"", outcome));
    }

    private static string PathOf(string extension) =>
        DocsTests.PathOf($"PushNet.Tests/Log/Golden/rules-{BoardRules.Highest}.{extension}");

    private static void Write()
    {
        var (log, replica) = (GoldenLog.Messages().ToList(), new Replica());
        File.WriteAllText(Log, GoldenLog.Write(log));
        File.WriteAllText(Outcome, OutcomeOf(new Replica(), log));
        log.Take(ImagedAt).ToList().ForEach(message => replica.Take(message));
        File.WriteAllText(Image, Convert.ToBase64String(replica.Image.ToBytes()));
    }

    /// <summary>What becomes of each message, and what the board and the state of the log are then.</summary>
    private static string OutcomeOf(Replica replica, IEnumerable<LogMessage> log)
    {
        var text = new StringBuilder();
        foreach (var message in log)
        {
            text.Append($"--- {message.Sequence}\n{replica.Take(message)}\n");
        }

        // An image is packed, and another version of .NET may pack it in another way.
        using var state = new MemoryStream();
        using (var to = new BinaryWriter(state))
        {
            replica.State.Write(to);
            to.Write(BoardPayload.Write(replica.Image.Board));
        }

        return text.Append($"--- state {XxHash64.HashToUInt64(state.ToArray()):x16}\n").ToString();
    }
}
