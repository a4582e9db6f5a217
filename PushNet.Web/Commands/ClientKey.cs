using System.CommandLine;
using PushNet.Web.Security.Keys;
using PushNet.Web.Settings;

namespace PushNet.Web.Commands;

/// <summary>The key that a tool shows to a server. It is not an argument, because everybody on a machine can read arguments.</summary>
internal static class ClientKey
{
    private const string Variable = "PUSHNET_KEY";

    /// <summary>The option to add to a command that needs a key.</summary>
    public static readonly Option<string?> FileOption = new("--key-file")
    {
        Description = $"A file that holds the key. Default: the environment variable {Variable}.",
        HelpName = "FILE",
    };

    /// <summary>The key that was given.</summary>
    /// <exception cref="IOException">There is none, or what was given is not a key, or the file can't be read.</exception>
    public static string Of(ParseResult parsed)
    {
        var file = parsed.GetValue(FileOption);
        var key = (file is null ? Environment.GetEnvironmentVariable(Variable) : File.ReadAllText(CallerFolder.Resolve(file)))?.Trim();
        return key is null or "" ? throw new IOException($"There is no key. Set {Variable}, or name a file that holds it with --key-file.")
            : SecretText.IsWellFormed(key) ? key
            : throw new IOException(
                $"{file ?? Variable} holds no key. A key is one line of {SecretText.MinLength} to {SecretText.MaxLength} characters "
                + "of A-Z, a-z, 0-9, _ and -, and nothing else may stand there.");
    }
}
