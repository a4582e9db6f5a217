using Microsoft.Extensions.Configuration;
using PushNet.Web.Hosting;
using PushNet.Web.Settings;

namespace PushNet.Tests.Settings;

/// <summary>Settings as the server reads them.</summary>
internal static class SettingsGiven
{
    public static (string, string) Key(string field, string value) => ($"ApiKeys:0:{field}", value);

    public static string Refused(params (string Path, string Value)[] settings) =>
        Assert.Throws<SettingsException>(() => Read(settings)).Message;

    public static PushNetOptions Read(params (string Path, string Value)[] settings) => SettingsReader.Read(
        new ConfigurationBuilder()
            .Add(new HoconConfigurationSource(HoconFiles.Load()))
            .AddInMemoryCollection(settings.ToDictionary(s => $"{PushNetOptions.Section}:{s.Path}", s => (string?)s.Value))
            .Build(),
        Defaults(),
        PushNetServer.Rules);

    public static IConfigurationRoot Defaults() => new ConfigurationBuilder().Add(new HoconConfigurationSource(HoconFiles.Load())).Build();
}
