using PushNet.Actors.Games;
using PushNet.Web.Rest;

namespace PushNet.Tests.Rest;

public class GameSearchTests
{
    [Theory]
    [InlineData("Malmö FF", "malmo")]
    [InlineData("Malmo\u0308 FF", "malmo")]
    [InlineData("Malmo FF", "MALMÖ")]
    [InlineData("Malmo\u0308 FF", "malmö")]
    [InlineData("Malmö FF", "Malmo\u0308")]
    [InlineData("Bodø/Glimt", "bodo/g")]
    [InlineData("ŁKS Łódź", "lodz")]
    [InlineData("Спартак", "СПАРТАК")]
    [InlineData("La Coru\u0303a", "\u0303")]
    public void A_text_is_found_in_any_case_and_with_or_without_accents(string team, string text) => Assert.Single(Find(team, text));

    [Theory]
    [InlineData("Malmö FF", "malme")]
    [InlineData("Malmö FF", "\u0303")]
    public void What_is_not_there_is_not_found(string team, string text) => Assert.Empty(Find(team, text));

    private static List<Game> Find(string team, string text)
    {
        var board = new GameBoard(Given.Limits);
        board.Apply(Given.Seen(Given.Game() with { HomeTeam = Given.Team(team) }), Given.Now);
        return GameSearch.Find(board.View(), text, onlyLive: false);
    }
}
