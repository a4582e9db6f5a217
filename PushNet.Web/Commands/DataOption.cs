using System.CommandLine;
using PushNet.Web.Data;
using PushNet.Web.Hosting;
using PushNet.Web.Settings;

namespace PushNet.Web.Commands;

/// <summary><c>--data</c>: the data directory that a command works on.</summary>
internal static class DataOption
{
    /// <summary>The option. It applies to all subcommands too.</summary>
    public static Option<string?> Create() => new("--data")
    {
        Description = "The data directory. Default: PushNet__Data__Directory, otherwise data below the content root, as for the server.",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>The directory that was named, otherwise the one of the settings.</summary>
    /// <exception cref="SettingsException">The settings name none.</exception>
    public static DataDirectory Directory(string? named)
    {
        if (named is not null)
        {
            return new DataDirectory(CallerFolder.Resolve(named));
        }

        var (builder, options, _) = PushNetServer.Configure(null);
        return DataDirectory.Of(options.Data, builder.Environment.ContentRootPath)
            ?? throw new SettingsException(
                $"{SettingsRules.Name("Data:Directory")} is empty, so nothing is kept on disk. Name a directory with --data.");
    }
}
