using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Actors.Wire;

namespace PushNet.Web.Operators.Commands;

/// <summary>Looks at games, and removes one.</summary>
internal static class GameCommands
{
    private static readonly CommandParameter Id = new("id", "The game_id.") { IsRequired = true };

    public static readonly OperatorCommand List = new(
        "game list",
        "Lists the games of the board.",
        (services, input) => Task.FromResult<object>(
            services.GetRequiredService<PublishedBoard>().Latest.Games
                .Select(shown => shown.Game)
                .Where(game => input.Text("live") is not { } live || game.IsLive == (live == "true"))
                .Select(Row)
                .ToList()))
    {
        Parameters = [new("live", "true shows only live games, false only the others. Default: all.") { Choices = ["true", "false"] }],
    };

    public static readonly OperatorCommand Show = new(
        "game show",
        "Shows everything that the board keeps of a game: state, prices, withdrawn prices too, and the marks that make observations stale.",
        async (services, input) =>
            (await GameState(services)
                .Ask<GameInspected>(new InspectGame(input.Required("id")), OperatorCommands.Patience)).Game is { } game
                ? new { Game = OnTheWire(game.Game), game.IsDemo, game.Mark, game.LastAccepted, Outcomes = game.Outcomes.Select(Row) }
                : throw NotFound(input))
    {
        Parameters = [Id],
    };

    public static readonly OperatorCommand Remove = new(
        "game remove",
        "Takes a game and its prices off the board. A live game ends first: clients get status_change and game_final.",
        async (services, input) =>
            (await GameState(services).Ask<GameRemoved>(new RemoveGame(input.Required("id")), OperatorCommands.Patience)).Error is null
                ? new { Removed = input.Required("id") }
                : throw NotFound(input))
    {
        Changes = true,
        Parameters = [Id],
    };

    private static IActorRef GameState(IServiceProvider services) => services.GetRequiredService<ActorRegistry>().Get<GameStateActor>();

    private static CommandException NotFound(CommandInput input) =>
        new(StatusCodes.Status404NotFound, $"game {input.Required("id")} is not on the board");

    private static JsonNode OnTheWire(Game game)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, WireJson.Options))
        {
            WireJson.Write(json, game);
        }

        return JsonNode.Parse(bytes.WrittenSpan)!;
    }

    private static object Row(OutcomeInspection outcome) => new
    {
        outcome.Key.MarketType,
        outcome.Key.Book,
        outcome.Key.Outcome,
        outcome.Key.Points,
        outcome.Price,
        outcome.PlayerId,
        outcome.Mark,
    };

    private static GameRow Row(Game game) => new(
        game.GameId,
        game.PnLeagueCode,
        Words<GameStatus>.Of(game.Status),
        game.AwayTeam.Name,
        game.HomeTeam.Name,
        $"{game.Scores.ScoreAway}-{game.Scores.ScoreHome}",
        game.Scores.Period,
        game.Scores.Clock);

    private sealed record GameRow(
        string GameId, string League, string Status, string Away, string Home, string Score, string? Period, string? Clock);
}
