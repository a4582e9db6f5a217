using System.CommandLine;
using System.CommandLine.Parsing;

namespace PushNet.Web.Commands;

/// <summary>The option <c>--url</c> of tools that ask a server.</summary>
internal static class ServerUrl
{
    /// <summary>An option that takes a server's address.</summary>
    /// <param name="description">Whose address it is, for help.</param>
    /// <param name="example">A good value.</param>
    /// <param name="schemes">What it may begin with.</param>
    public static Option<Uri?> Option(string description, string example, params string[] schemes) => new("--url")
    {
        Description = description,
        HelpName = "URL",
        CustomParser = result => Parse(result, example, schemes),
    };

    private static Uri? Parse(ArgumentResult result, string example, string[] schemes)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && schemes.Contains(url.Scheme))
        {
            return url;
        }

        result.AddError($"--url must be an address such as {example}; \"{result.Tokens[0].Value}\" is not.");
        return null;
    }
}
