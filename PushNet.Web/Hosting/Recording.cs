using PushNet.Actors.Clock;
using PushNet.Actors.Feed.Recording;
using PushNet.Web.Settings;

namespace PushNet.Web.Hosting;

/// <summary>From the settings to the recording they ask for.</summary>
internal static class Recording
{
    /// <summary>Makes the file of this start a service, if something is to be recorded. The host closes it, also when it fails to
    /// start.</summary>
    public static void AddTo(IServiceCollection services, RecordOptions options)
    {
        if (options.File.Length > 0)
        {
            services.AddSingleton(provider => Create(options, provider.GetRequiredService<TimeProvider>()));
        }
    }

    /// <summary>Makes the file: its times count from this moment.</summary>
    /// <exception cref="SettingsException">It can't be made.</exception>
    public static void Begin(IServiceProvider services) => services.GetService<RecordFile>();

    private static RecordFile Create(RecordOptions options, TimeProvider time)
    {
        try
        {
            return RecordFile.Create(CallerFolder.Resolve(options.File), Moment.Now(time), options.MaxBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{SettingsRules.Name("Record:File")}: {e.Message}");
        }
    }
}
