using PushNet.Actors.Clock;
using PushNet.Actors.Feed.Recording;
using PushNet.Web.Settings;

namespace PushNet.Web.Hosting;

/// <summary>Makes the recording that the settings ask for.</summary>
internal static class Recording
{
    /// <summary>The file of this start; null when nothing is to be recorded.</summary>
    /// <exception cref="SettingsException">It can't be made.</exception>
    public static RecordFile? Create(RecordOptions options, TimeProvider time)
    {
        try
        {
            return options.File.Length == 0
                ? null : RecordFile.Create(CallerFolder.Resolve(options.File), Moment.Now(time), options.MaxBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{SettingsRules.Name("Record:File")}: {e.Message}");
        }
    }
}
