using System.Text;
using CsCheck;
using PushNet.Actors.Games;
using PushNet.Actors.Log.Entries;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Log;

/// <summary>Logs, and servers that apply them.</summary>
internal static class LogGiven
{
    public const long Time = 1_767_000_000_000;

    public static readonly LogRules Rules = LogRules.Of(Given.Limits, 0) with { MaxGames = 4, MaxOutcomes = 8 };

    private static readonly Gen<string> Status = Gen.OneOf(Gen.Const("live"), Gen.Const("unplayed"), Gen.Const("final"));

    private static readonly Gen<string> Text = Gen.Frequency(
        (6, Gen.Select(Gen.Int[0, 9], Status, Gen.Int[0, 2], Gen.Int[0, 3], Gen.Bool, (id, status, home, slug, detail) =>
            Lines.Game($"g{id}", status, home)
                .Replace($"nba-away-home-g{id}", $"slug-{slug}", StringComparison.Ordinal)
                .Replace("\"status\":", detail ? "\"winner\":\"home\",\"status\":" : "\"status\":", StringComparison.Ordinal))),
        (4, Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2], Gen.Int[0, 2], (id, price, outcome) =>
            Lines.Price($"g{id}", 100 + price, $"o{outcome}"))),
        (1, Gen.Int[0, 9].Select(id => $$"""{"type":"withdraw","game_id":"g{{id}}"}""")),
        (1, Gen.Select(Gen.Int[0, 9], Observations.Ts, (id, ts) => ts is null
            ? $$"""{"type":"remove","game_id":"g{{id}}"}""" : $$"""{"type":"remove","game_id":"g{{id}}","ts":{{ts}}}""")));

    private static readonly Gen<LogLine> Sent = Gen.Frequency(
        (3, Text.Select(Line)),
        (1, Gen.Select(Text, Observations.Ts, Gen.Long[1, 5], (text, storedAt, number) =>
            Line(text) with { StoredAt = storedAt, Rev = Rev.OfStream(number, 7) })));

    private static readonly Gen<LogEntry> Entry = Gen.Frequency(
        (8, Gen.Select(Gen.ULong[1, 3], Sent.Array[1, 4], (session, lines) =>
            (LogEntry)new LinesEntry(session, 0, $"key:{session}", lines))),
        (1, Gen.Select(Gen.ULong[1, 3], Gen.Int[3, 5], (session, games) =>
            (LogEntry)new RulesEntry(session, 0, Rules with { MaxGames = games }))),
        (1, Gen.Select(Gen.ULong[1, 3], Gen.Int[0, 9], (session, id) => (LogEntry)new RemoveEntry(session, 0, $"g{id}"))),
        (1, Gen.ULong[1, 3].Select(session => (LogEntry)new TickEntry(session))),
        (1, Gen.Select(Gen.ULong[1, 3], Gen.Long[1, 9], (session, report) => (LogEntry)new ServerEntry(session, Server(session, report)))),
        (1, Gen.ULong[1, 3].Select(session => (LogEntry)new LeaveEntry(session, $"s{session}"))));

    /// <summary>A log in which entries repeat, come too soon, and in which the clock of whatever stores them jumps.</summary>
    public static readonly Gen<LogMessage[]> Log = Gen.Select(
        Gen.Select(Entry, Gen.Frequency((6, Gen.Const(0)), (1, Gen.Int[-3, 3])), Gen.Frequency(
            (8, Gen.Int[-50, 2000]), (1, Gen.Int[1_000_000, 200_000_000]))).Array[20, 60], steps =>
        {
            var (numbers, time) = (new Dictionary<ulong, long>(), Time);
            var messages = new List<LogMessage> { new(1, time, LogEntryCodec.Write(new RulesEntry(9, 1, Rules))) };
            foreach (var (entry, off, passed) in steps)
            {
                time += passed;
                messages.Add(new LogMessage(messages.Count + 1, time, LogEntryCodec.Write(Numbered(entry, off, numbers))));
            }

            return messages.ToArray();
        });

    public static LogLine Line(string text) => new(Encoding.UTF8.GetBytes(text));

    private static LogServer Server(ulong session, long report) =>
        new($"s{session}", "1", 1, 1, "", 5) { Report = report, SlotsWanted = 300, Digest = 7 };

    private static LogEntry Numbered(LogEntry entry, int off, Dictionary<ulong, long> numbers)
    {
        if (entry is not (LinesEntry or RemoveEntry or RulesEntry))
        {
            return entry;
        }

        var number = numbers.GetValueOrDefault(entry.Session) + 1;
        numbers[entry.Session] = off == 0 ? number : number - 1;
        return entry with { Number = Math.Max(1, number + off) };
    }
}
