using System.Buffers;
using System.Text.Json;
using CsCheck;
using PushNet.Actors.Feed;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Feed;

public sealed class ObservationWriterTests
{
    [Fact]
    public void What_is_written_is_read_back_the_same() => Observations.Any.Sample(observation =>
    {
        var named = observation with { Source = observation.Ts is null ? null : "scout \"é\"" };
        Assert.Equal(Canonical(named), FeedParser.Parse(new FeedLine(1, Line(named))).Observation);
    });

    public static TheoryData<Observation> OfPrices() => new(
        new RemoveObservation("g1") { Ts = 1_700_000_000_000 },
        new WithdrawObservation("g1"),
        new WithdrawObservation("g1") { Book = "b", MarketType = "m", Reason = WithdrawalReason.Settled, Rev = Rev.OfSource(3) },
        Given.Price(110.0m) with { IsMain = true },
        Given.Price(null) with { Reason = WithdrawalReason.Suspended, Rev = Rev.OfSource(-3), Ts = 1_700_000_000_000 });

    [Theory]
    [MemberData(nameof(OfPrices))]
    public void What_becomes_of_prices_is_written_too(Observation observation) =>
        Assert.Equal(observation, FeedParser.Parse(new FeedLine(1, Line(observation))).Observation);

    [Fact]
    public void The_sequence_of_a_message_is_not_written_because_it_means_nothing_outside_of_its_stream() => Assert.Equal(
        Rev.None,
        FeedParser.Parse(new FeedLine(1, Line(Given.Price(110.0m) with { Rev = Rev.OfStream(3, stream: 4) }))).Observation!.Rev);

    [Fact]
    public void A_board_that_is_fed_the_accepted_lines_is_the_same_board() => Observations.Sequence.Sample(observations =>
    {
        var (board, replayed) = (new GameBoard(Given.Limits), new GameBoard(Given.Limits));
        foreach (var observation in observations)
        {
            if (board.Apply(observation, Given.Now).Verdict is Verdict.Applied or Verdict.Unchanged)
            {
                replayed.Apply(FeedParser.Parse(new FeedLine(1, Line(observation))).Observation!, Given.Now);
            }
        }

        Assert.Equal((board.Seq, board.GameCount, board.OutcomeCount), (replayed.Seq, replayed.GameCount, replayed.OutcomeCount));
        Assert.Equal(board.LiveGames, replayed.LiveGames);
        Assert.All(Enumerable.Range(1, 5), id => Assert.Equal(
            board.MarketsOf($"g{id}").SelectMany(market => market), replayed.MarketsOf($"g{id}").SelectMany(market => market)));

        // The marks are the same too: what is late for one is late for the other.
        Assert.All(observations, late => Assert.Equal(board.Apply(late, Given.Now).Verdict, replayed.Apply(late, Given.Now).Verdict));
    });

    // The parser gives a decimal to what the generator leaves without one.
    private static Observation Canonical(Observation observation) =>
        observation is PriceObservation { Price: { } price } found ? found with { Price = price + 0.0m } : observation;

    private static ReadOnlyMemory<byte> Line(Observation observation)
    {
        var line = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(line, WireJson.Options);
        ObservationWriter.Write(json, observation, TimeSpan.FromSeconds(1.5));
        json.Flush();
        return line.WrittenMemory;
    }
}
