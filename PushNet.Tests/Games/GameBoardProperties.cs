using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using PushNet.Actors.Games;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Games;

/// <summary>What holds for every sequence of observations.</summary>
public sealed class GameBoardProperties
{
    [Fact]
    public void Fold_of_snapshot_and_deltas_equals_the_board() => Observations.Sequence.Sample(
        observations =>
        {
            var board = new GameBoard(Given.Limits);
            var encoder = new FrameEncoder();
            var clients = new List<ClientModel>();
            foreach (var observation in observations)
            {
                clients.Add(Join(board, encoder));
                foreach (var gameEvent in board.Apply(observation, Given.Now).Events.Where(one => one.IsNumbered))
                {
                    var frame = Frames.Parse(encoder.Encode(gameEvent).Frame);
                    clients.ForEach(client => client.Take(frame));
                }

                var expected = ClientModel.GamesOf(board);
                clients.ForEach(client => Assert.Equal(expected, client.Games));
                Assert.All(clients, client => Assert.Equal(board.Seq, client.Seq));
            }
        },
        iter: 300);

    [Fact]
    public void Seq_grows_by_one_per_event() => Observations.Sequence.Sample(
        observations =>
        {
            var board = new GameBoard(Given.Limits);
            var events = observations.SelectMany(observation => board.Apply(observation, Given.Now).Events).ToList();

            var seq = 0L;
            Assert.All(events, one => Assert.Equal(one.IsNumbered ? ++seq : seq, one.Seq));
            Assert.Equal(seq, board.Seq);
        },
        iter: 1000);

    [Fact]
    public void Who_asked_for_details_has_the_games_to_the_last_field() => Observations.Sequence.Sample(
        observations =>
        {
            var (board, encoder) = (new GameBoard(Given.Limits), new FrameEncoder());
            var games = new Dictionary<string, JsonObject>();
            foreach (var gameEvent in observations.SelectMany(observation => board.Apply(observation, Given.Now).Events))
            {
                var frame = (JsonObject)JsonNode.Parse(Frames.Text(encoder.Encode(gameEvent).Frame))!;
                if (frame["game"] is JsonObject whole)
                {
                    games[gameEvent.Game.GameId] = (JsonObject)whole.DeepClone();
                }
                else if (gameEvent is ScoreChange)
                {
                    var scores = (JsonObject)games[gameEvent.Game.GameId]["scores"]!;
                    scores.Remove("periods");
                    foreach (var (name, value) in frame.Where(field => scores.ContainsKey(field.Key) || field.Key == "periods"))
                    {
                        scores[name] = value?.DeepClone();
                    }
                }
            }

            Assert.All(games, game => Assert.Equal(
                Encoding.UTF8.GetString(encoder.EncodeGames([board.Find(game.Key)!]).Json.Span), $"[{game.Value.ToJsonString(Plain)}]"));
        },
        iter: 300);

    [Fact]
    public void A_sequence_with_ascending_ts_sent_again_from_its_end_changes_nothing() => Observations.Any.Array[1, 30].Sample(
        observations =>
        {
            var board = new GameBoard(Given.Limits);
            var timed = observations.Select((observation, i) => observation with { Ts = i + 1 }).ToArray();
            var rejected = timed.Where(observation => board.Apply(observation, Given.Now).Verdict is Verdict.Rejected).ToHashSet();
            var before = State(board);

            foreach (var observation in timed.Where(observation => !rejected.Contains(observation)))
            {
                var result = board.Apply(observation, Given.Now);
                Assert.True(result.Verdict is Verdict.Stale or Verdict.Unchanged, $"{result.Verdict}: {observation}");
                Assert.Empty(result.Events);
            }

            Assert.Equal(before, State(board));
        },
        iter: 1000);

    [Fact]
    public void What_is_rejected_or_stale_or_unchanged_changes_nothing() => Observations.Sequence.Sample(
        observations =>
        {
            var board = new GameBoard(Given.Limits with { MaxGames = 3, MaxOutcomes = 6 });
            foreach (var observation in observations)
            {
                var before = State(board);
                var result = board.Apply(observation, Given.Now);
                if (result.Verdict is not Verdict.Applied)
                {
                    Assert.Equal(before, State(board));
                    Assert.Empty(result.Events);
                    Assert.Equal(result.Verdict is Verdict.Rejected, result.Error is not null);
                }
            }
        },
        iter: 1000);

    [Fact]
    public void Equal_versions_mean_equal_live_games() => Observations.Sequence.Sample(
        observations =>
        {
            var board = new GameBoard(Given.Limits);
            var known = new Dictionary<long, List<Game>>();
            foreach (var observation in observations)
            {
                board.Apply(observation, Given.Now);
                var live = board.LiveGames.ToList();
                Assert.Equal(known.TryAdd(board.GamesVersion, live) ? live : known[board.GamesVersion], live);
            }
        },
        iter: 500);

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static ClientModel Join(GameBoard board, FrameEncoder encoder)
    {
        var client = new ClientModel();
        client.Take(Frames.Parse(encoder.Snapshot(PushChannel.Odds.Name, 0, encoder.EncodeGames(board.LiveGames), board.Seq).First));
        return client;
    }

    private static string State(GameBoard board)
    {
        var ids = Enumerable.Range(1, 5).Select(i => $"g{i}");
        var games = ids.Select(id => $"{board.Find(id)} {string.Join(",", board.MarketsOf(id).SelectMany(market => market))}");
        return $"{board.Seq} {board.GamesVersion} {board.GameCount}\n{string.Join('\n', games)}";
    }
}
