using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using PushNet.Actors.Clock;
using PushNet.Web.Data;
using PushNet.Web.Hosting;
using PushNet.Web.Security;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Keys.Bucket;
using PushNet.Web.Settings;

namespace PushNet.Web.Commands;

/// <summary><c>keys</c>: makes, lists, rotates and revokes the stored keys. The server may run or not.</summary>
internal static partial class KeysCommand
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private static readonly Option<string?> Data = DataOption.Create();

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON instead of text.", Recursive = true };

    /// <summary>The command with its subcommands.</summary>
    public static Command Create() => new("keys", "Manages the stored keys. A running server notices a change within a second.")
    {
        CreateKey(),
        ListKeys(),
        RotateKey(),
        RevokeKey(),
        ImportKeys(),
        Data,
        Json,
    };

    private static Command CreateKey()
    {
        var name = Name();
        var scopes = Scopes("What the key may do: live, odds, ingest, ops, metrics, separated by commas.");
        scopes.Required = true;
        var expires = new Option<DateTimeOffset?>("--expires")
        {
            Description = $"When the key ends by itself: a time from now ({Durations.Form}) or a date (2027-01-31, 2027-01-31T18:00:00Z). "
                + "Default: never.",
            HelpName = "TIME",
            CustomParser = Expiry,
        };
        var connections = Cap("--max-connections", "How many connections it may have at once, over both channels. Default: no cap.");
        var lines = Cap("--max-lines", "How many lines it may ingest per second, in all its bodies. More are read later. Default: no cap.");
        var command = new Command("create", "Makes a key and shows its secret once.") { name, scopes, expires, connections, lines };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, async (store, output) =>
        {
            var limits = new KeyLimits(parsed.GetValue(connections), parsed.GetValue(lines));
            var key = new NewKey(parsed.GetRequiredValue(name), parsed.GetRequiredValue(scopes), limits, parsed.GetValue(expires));
            var isFirst = (await store.KeysAsync(cancellation)).Count == 0;
            await output.MadeAsync(key.Name, await store.CreateAsync(key, cancellation), cancellation);

            // Servers that share their keys play no demo.
            if (isFirst && store is KeyFile)
            {
                output.EndOfDemo();
            }
        }));
        return command;
    }

    private static Command ListKeys()
    {
        var command = new Command("list", "Lists all keys. Their secrets are not stored, so they can't be shown.");
        command.SetAction((parsed, cancellation) => RunAsync(parsed, (_, output) => output.ListAsync(cancellation)));
        return command;
    }

    private static Command RotateKey()
    {
        var name = Name();
        var overlap = new Option<TimeSpan>("--overlap")
        {
            Description = $"How long the old secret stays good: {Durations.Form}.",
            HelpName = "TIME",
            DefaultValueFactory = _ => TimeSpan.FromHours(24),
            CustomParser = result =>
                Durations.Parse(result.Tokens[0].Value) ?? Wrong<TimeSpan>(result, $"must be a time such as {Durations.Form}"),
        };
        var command = new Command(
            "rotate",
            "Gives a key a new secret and shows it once. The old one stays good for the overlap. A key never has three "
                + "secrets.") { name, overlap };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, async (store, output) =>
        {
            var key = parsed.GetRequiredValue(name);
            await output.MadeAsync(key, await store.RotateAsync(key, parsed.GetValue(overlap), cancellation), cancellation);
        }));
        return command;
    }

    private static Command RevokeKey()
    {
        var name = Name();
        var scopes = Scopes("Take only these scopes away from the key. Default: the key ends.");
        var command = new Command("revoke", "Ends a key and everything that it holds open.") { name, scopes };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, async (store, output) =>
        {
            var key = parsed.GetRequiredValue(name);
            output.Revoked(key, await store.RevokeAsync(key, parsed.GetValue(scopes) ?? [], cancellation));
        }));
        return command;
    }

    private static Command ImportKeys()
    {
        var file = new Argument<string>("FILE") { Description = "A file keys.db, or a copy of one." };
        var command = new Command(
            "import", $"Copies the keys of a file to NATS, where servers share them ({SettingsRules.Name("Data:Nats")}). Their secrets "
                + "stay good. Names that are in use there are left out.") { file };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, async (store, output) =>
        {
            var from = new KeyFile(CallerFolder.Resolve(parsed.GetRequiredValue(file)), Time);
            var (taken, left) = (new List<string>(), new List<string>());
            var to = store as KeyBucket ?? throw new SettingsException(
                (parsed.GetValue(Data) is null ? $"{SettingsRules.Name("Data:Nats")} is empty" : "--data names a directory and not NATS")
                    + ", so there is nothing to import to. A file needs no import: copy it.");
            var secrets = from.Secrets(mustHold: true).ToLookup(secret => secret.Key.Name);
            foreach (var key in from.Keys().Where(key => key.RevokedAt is null))
            {
                (await to.AddAsync(KeyRecord.Of(key, secrets[key.Name]), cancellation) ? taken : left).Add(key.Name);
            }

            output.Imported(taken, left);
        }));
        return command;
    }

    private static IKeyStore StoreOf(string? directory)
    {
        if (directory is not null || PushNetServer.Configure(null).Options.Data is not { Nats.Length: > 0 } data)
        {
            return new KeyFile(DataOption.Directory(directory).KeyFile, Time);
        }

        var where = SharedLog.Where(data);
        return new KeyBucket(where, Environment.MachineName, Time, where.Patience);
    }

    private static Task<int> RunAsync(ParseResult parsed, Func<IKeyStore, KeysOutput, Task> action) => Attempt.RunAsync(
        parsed,
        async output =>
        {
            await using var store = StoreOf(parsed.GetValue(Data));
            await action(store, new KeysOutput(store, Time, output, parsed.GetValue(Json)));
        });

    private static Argument<string> Name()
    {
        var name = new Argument<string>("NAME")
        {
            Description = "What the key is called in lists, logs and /health: 1 to 64 of A-Z a-z 0-9 . _ -",
        };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !NameForm.IsMatch(token.Value))
            {
                result.AddError($"A name has 1 to 64 characters of A-Z, a-z, 0-9, '.', '_' and '-', and begins with a letter or digit; "
                    + $"\"{token.Value}\" has not.");
            }
        });
        return name;
    }

    private static Option<string[]> Scopes(string description) => new("--scopes")
    {
        Description = description,
        HelpName = "SCOPES",
        CustomParser = result =>
        {
            string[] scopes = [.. result.Tokens.SelectMany(token => KeyScope.Parse(token.Value)).Distinct()];
            return scopes.Length > 0 && scopes.All(KeyScope.All.Contains)
                ? scopes : Wrong<string[]>(result, $"must name one or more of {string.Join(", ", KeyScope.All)}, separated by commas");
        },
    };

    private static Option<int?> Cap(string name, string description)
    {
        var cap = new Option<int?>(name) { Description = description, HelpName = "N" };
        cap.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var value) || value is < 1 or > 1_000_000))
            {
                result.AddError($"{name} must be from 1 to 1000000; \"{token.Value}\" is not.");
            }
        });
        return cap;
    }

    private static DateTimeOffset? Expiry(ArgumentResult result)
    {
        var now = Moment.Now(Time);
        return TimeArgument.Moment(result.Tokens[0].Value, now) is { } moment && moment > now.WallClock
            ? moment
            : Wrong<DateTimeOffset?>(result, $"must be a time from now such as {Durations.Form}, or a date that is to come");
    }

    private static T? Wrong<T>(ArgumentResult result, string rule)
    {
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} {rule}; "
            + $"\"{string.Join(' ', result.Tokens.Select(token => token.Value))}\" is not.");
        return default;
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    private static partial Regex NameForm { get; }
}
