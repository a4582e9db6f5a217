using System.Text.Json;
using System.Text.Json.Serialization;
using PushNet.Actors.Clock;
using PushNet.Web.Http;
using PushNet.Web.Operators.Commands;
using PushNet.Web.Security.Keys;
using PushNet.Web.Settings;
using Spectre.Console;

namespace PushNet.Web.Commands;

/// <summary>Prints what <c>keys</c> did: where it found them and what became of the keys, as text or as one JSON object.</summary>
internal sealed class KeysOutput(IKeyStore store, TimeProvider time, TextWriter output, bool asJson)
{
    private const string Never = "-";
    private const int WidthWithoutTerminal = 240;

    private static readonly JsonSerializerOptions Json = SnakeCase.Set(
        new JsonSerializerOptions { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull });

    /// <summary>A key has a new secret: the only time that it is shown.</summary>
    public async Task MadeAsync(string name, string secret, CancellationToken cancellation)
    {
        var key = (await store.KeysAsync(cancellation)).Last(key => key.Name == name && key.RevokedAt is null);
        if (asJson)
        {
            WriteJson(new { File = store.Place, Secret = secret, Key = Row(key) });
            return;
        }

        WritePlace();
        output.WriteLine(
            $"Key {name}: {string.Join(", ", key.Scopes)}; {(key.ExpiresAt is { } end ? $"until {Text(end)}" : "never expires")}.");
        if (OldSecretUntil(key) is { } until)
        {
            output.WriteLine($"The secret before stays good until {Text(until)}.");
        }

        output.WriteLine("The secret, which is shown only now:");
        output.WriteLine(secret);
    }

    /// <summary>The key is the first of all: the demo is for a server without keys.</summary>
    public void EndOfDemo()
    {
        if (!asJson)
        {
            output.WriteLine($"""

                This is the first key. If the server is playing the demo, the demo's keys end within a second, and everything that they
                hold open ends with them. The demo itself ends at the next start, unless {SettingsRules.Name("Feed:Kind")} is demo.
                """);
        }
    }

    /// <summary>A key was revoked, whole or in part.</summary>
    public void Revoked(string name, IReadOnlyList<string> scopesLeft)
    {
        if (asJson)
        {
            WriteJson(new { File = store.Place, Name = name, ScopesLeft = scopesLeft });
            return;
        }

        WritePlace();
        output.WriteLine(scopesLeft.Count == 0
            ? $"Revoked {name}. What it holds open ends within 5 seconds."
            : $"Key {name} has {string.Join(", ", scopesLeft)} left. What it holds open by other scopes ends within 5 seconds.");
    }

    /// <summary>Keys were copied.</summary>
    /// <param name="names">Those that were.</param>
    /// <param name="left">Those whose names are in use.</param>
    public void Imported(IReadOnlyList<string> names, IReadOnlyList<string> left)
    {
        if (asJson)
        {
            WriteJson(new { File = store.Place, Imported = names, InUse = left });
            return;
        }

        WritePlace();
        output.WriteLine($"Imported {names.Count}: {string.Join(", ", names)}");
        if (left.Count > 0)
        {
            output.WriteLine($"Names that are in use there, left out: {string.Join(", ", left)}");
        }
    }

    /// <summary>All keys.</summary>
    public async Task ListAsync(CancellationToken cancellation)
    {
        var keys = await store.KeysAsync(cancellation);
        if (asJson)
        {
            WriteJson(new { File = store.Place, Keys = keys.Select(Row) });
            return;
        }

        WritePlace();
        if (keys.Count == 0)
        {
            output.WriteLine("There are none yet. Make one: keys create NAME --scopes live,odds");
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns(
            "name", "scopes", "status", "created", "expires", "last used", "max connections", "max lines/s", "old secret until");
        foreach (var key in keys.Select(Row))
        {
            table.AddRow(
                Cell(key.Name),
                Cell(string.Join(',', key.Scopes)),
                Cell(key.Status),
                Cell(Text(key.Created)),
                Cell(Text(key.Expires)),
                Cell(Text(key.LastUsed)),
                Cell(key.MaxConnections?.ToString() ?? Never),
                Cell(key.MaxLinesPerSecond?.ToString() ?? Never),
                Cell(Text(key.OldSecretUntil)));
        }

        AnswerText.Console(output, WidthWithoutTerminal).Write(table);
    }

    private static Text Cell(string text) => new(text);

    private static string Text(DateTimeOffset? moment) => moment is { } at ? $"{at:yyyy-MM-dd HH:mm}Z" : Never;

    private DateTimeOffset? OldSecretUntil(StoredKey key) => key.OldSecretUntil > Moment.Now(time).WallClock ? key.OldSecretUntil : null;

    private KeyRow Row(StoredKey key) => new(
        key.Name,
        key.Scopes,
        key.StatusAt(Moment.Now(time).WallClock),
        key.CreatedAt,
        key.ExpiresAt,
        key.LastUsedAt,
        key.Limits.MaxConnections,
        key.Limits.MaxLinesPerSecond,
        OldSecretUntil(key));

    private void WritePlace() => output.WriteLine($"Keys in {store.Place}");

    private void WriteJson<T>(T value) => output.WriteLine(JsonSerializer.Serialize(value, Json));

    private sealed record KeyRow(
        string Name,
        IReadOnlyList<string> Scopes,
        string Status,
        DateTimeOffset Created,
        DateTimeOffset? Expires,
        DateTimeOffset? LastUsed,
        int? MaxConnections,
        int? MaxLinesPerSecond,
        DateTimeOffset? OldSecretUntil);
}
