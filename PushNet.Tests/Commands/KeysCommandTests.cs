using System.CommandLine;
using System.Text.Json;
using PushNet.Web.Commands;
using PushNet.Web.Security.Keys;

namespace PushNet.Tests.Commands;

public sealed class KeysCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void A_key_is_made_and_its_secret_shown_once()
    {
        var made = Ok("create", "board", "--scopes", "live,odds");

        Assert.Contains($"Keys in {_folder.File("keys.db")}", made);
        var secret = Assert.Single(System.Text.RegularExpressions.Regex.Matches(made, "(?m)^pn_odds_[A-Za-z0-9]{32}$")).Value;
        Assert.Equal(SecretText.Hash(secret), Assert.Single(File().Secrets()).Hash.ToArray());
        Assert.DoesNotContain(secret, Ok("list"));
        Assert.DoesNotContain(secret, Ok("list", "--json"));
    }

    [Fact]
    public void Who_makes_the_first_key_learns_that_it_ends_the_demo()
    {
        const string told = "the demo's keys end within a second";

        Assert.Contains(told, Ok("create", "first", "--scopes", "ops"));
        Assert.DoesNotContain(told, Ok("create", "second", "--scopes", "live"));
    }

    [Fact]
    public void Every_answer_is_there_as_json()
    {
        var made = Json("create", "board", "--scopes", "live,odds", "--expires", "90d", "--max-connections", "5", "--max-lines", "100");
        Assert.Equal(_folder.File("keys.db"), made.GetProperty("file").GetString());
        Assert.StartsWith("pn_odds_", made.GetProperty("secret").GetString());

        var rotated = Json("rotate", "board", "--overlap", "1h");
        Assert.NotEqual(made.GetProperty("secret").GetString(), rotated.GetProperty("secret").GetString());

        var key = Json("list").GetProperty("keys")[0];
        Assert.Equal(
            ["name", "scopes", "status", "created", "expires", "max_connections", "max_lines_per_second", "old_secret_until"],
            key.EnumerateObject().Select(field => field.Name));
        Assert.Equal(("board", "active", 5, 100), (key.GetProperty("name").GetString(), key.GetProperty("status").GetString(),
            key.GetProperty("max_connections").GetInt32(), key.GetProperty("max_lines_per_second").GetInt32()));
        Assert.InRange(key.GetProperty("expires").GetDateTimeOffset() - key.GetProperty("created").GetDateTimeOffset(),
            TimeSpan.FromDays(89.9), TimeSpan.FromDays(90));
        Assert.InRange(key.GetProperty("old_secret_until").GetDateTimeOffset() - key.GetProperty("created").GetDateTimeOffset(),
            TimeSpan.FromHours(1), TimeSpan.FromHours(1.1));

        Assert.Equal(
            "live", Assert.Single(Json("revoke", "board", "--scopes", "odds").GetProperty("scopes_left").EnumerateArray()).GetString());
        Assert.Empty(Json("revoke", "board").GetProperty("scopes_left").EnumerateArray());
        Assert.Equal("revoked", Json("list").GetProperty("keys")[0].GetProperty("status").GetString());
    }

    [Fact]
    public void A_rotation_overlaps_by_a_day_unless_told_otherwise()
    {
        Ok("create", "board", "--scopes", "live");

        var key = Json("rotate", "board").GetProperty("key");

        Assert.InRange(key.GetProperty("old_secret_until").GetDateTimeOffset() - key.GetProperty("created").GetDateTimeOffset(),
            TimeSpan.FromHours(24), TimeSpan.FromHours(24.1));
    }

    [Fact]
    public void The_list_is_a_table_with_a_line_for_each_key()
    {
        Assert.Contains("keys create", Ok("list"));
        Ok("create", "first", "--scopes", "live");
        Ok("create", "second", "--scopes", "ingest");

        var lines = Ok("list").Split('\n');

        Assert.Contains(lines, line => line.Contains("last used", StringComparison.Ordinal));
        Assert.Contains(
            lines, line => line.Contains("first", StringComparison.Ordinal) && line.Contains("active", StringComparison.Ordinal));
        Assert.Contains(
            lines, line => line.Contains("second", StringComparison.Ordinal) && line.Contains("ingest", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--scopes must name", "create", "board", "--scopes", "live,everything")]
    [InlineData("'--scopes' is required", "create", "board")]
    [InlineData("A name has", "create", "b o", "--scopes", "live")]
    [InlineData("--expires must be", "create", "board", "--scopes", "live", "--expires", "yesterday")]
    [InlineData("--expires must be", "create", "board", "--scopes", "live", "--expires", "2020-01-01")]
    [InlineData("--max-connections must be", "create", "board", "--scopes", "live", "--max-connections", "0")]
    [InlineData("--overlap must be", "rotate", "board", "--overlap", "soon")]
    [InlineData("keys create makes it", "rotate", "board")]
    [InlineData("keys create makes it", "revoke", "board")]
    [InlineData("--data names a directory and not NATS", "import", "keys.db")]
    public void What_is_wrong_is_told_and_makes_nothing(string sentence, params string[] arguments)
    {
        var (exit, _, error) = Run(arguments);

        Assert.Equal(1, exit);
        Assert.Contains(sentence, error);
        Assert.False(System.IO.File.Exists(_folder.File("keys.db")));
    }

    public void Dispose() => _folder.Dispose();

    private KeyFile File() => new(_folder.File("keys.db"), TimeProvider.System);

    private string Ok(params string[] arguments)
    {
        var (exit, output, error) = Run(arguments);
        Assert.True(exit == 0, error);
        return output;
    }

    private JsonElement Json(params string[] arguments)
    {
        using var json = JsonDocument.Parse(Ok([.. arguments, "--json"]));
        return json.RootElement.Clone();
    }

    private (int Exit, string Output, string Error) Run(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = KeysCommand.Create().Parse([.. arguments, "--data", _folder.Name])
            .Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (exit, output.ToString(), error.ToString());
    }
}
