using CsCheck;
using PushNet.Actors.Games;
using PushNet.Actors.Log.Entries;

namespace PushNet.Tests.Log;

/// <summary>Observations on their way through the log.</summary>
public sealed class LogLinesTests
{
    [Fact]
    public void What_is_written_to_the_log_is_read_back_the_same_with_the_time_and_the_number_that_its_carrier_gave() =>
        Gen.Select(Observations.Any, Gen.Bool, Gen.Int[0, 2]).Sample((any, ofStorage, rev) =>
        {
            var seen = Canonical(any) with
            {
                IsTsOfStorage = ofStorage && any.Ts is not null,
                Rev = rev switch { 0 => Rev.None, 1 => Rev.OfSource(7), _ => Rev.OfStream(7, stream: 5) },
            };

            Assert.Null(LogLines.TryWrite(seen, out var line));
            var entry = new LinesEntry(3, 1, "key:a", [line]);
            var read = LogLines.GroupOf((LinesEntry)LogEntryCodec.Read(LogEntryCodec.Write(entry)));

            Assert.Equal(seen, Assert.Single(read.Lines).Observation);
        });

    [Fact]
    public void An_observation_that_is_too_long_when_all_of_it_is_written_is_not_sent() => Assert.NotNull(
        LogLines.TryWrite(Given.Price(110.0m, outcome: new string('x', 70_000)), out _));

    // The parser gives a decimal to what the generator leaves without one.
    private static Observation Canonical(Observation observation) =>
        observation is PriceObservation { Price: { } price } found ? found with { Price = price + 0.0m } : observation;
}
