using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace PushNet.Web.Settings;

/// <summary>
/// Makes <c>pushnet.settings</c> of the HOCON files the defaults of the configuration section <c>PushNet</c>, so that
/// every default stands in one place, beside its explanation.
/// </summary>
internal sealed class HoconConfigurationSource(Config hocon) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new HoconConfigurationProvider(hocon);

    private sealed class HoconConfigurationProvider(Config hocon) : ConfigurationProvider
    {
        public override void Load() => Add(PushNetOptions.Section, hocon.GetValue("pushnet.settings").GetObject());

        private void Add(string path, HoconObject values)
        {
            foreach (var (name, value) in values.Items)
            {
                var key = ConfigurationPath.Combine(path, PascalCase(name));
                if (value.IsObject())
                {
                    Add(key, value.GetObject());
                }
                else
                {
                    Set(key, value.GetString());
                }
            }
        }

        // max-connections in HOCON is MaxConnections in .NET.
        private static string PascalCase(string name) =>
            string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}

/// <summary>The HOCON files that are copied beside the program.</summary>
internal static class HoconFiles
{
    /// <summary>Reads them in the order of their names; a later file wins.</summary>
    /// <exception cref="SettingsException">One of them is not HOCON.</exception>
    public static Config Load() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "hocon"), "*.hocon")
            .Order(StringComparer.Ordinal)
            .Select(Read)
            .Aggregate((earlier, later) => later.WithFallback(earlier));

    private static Config Read(string file)
    {
        var text = File.ReadAllText(file);
        try
        {
            return ConfigurationFactory.ParseString(text);
        }
        catch (Exception e)
        {
            // The parser may throw anything.
            throw new SettingsException($"{file} can't be read: {e.Message}");
        }
    }
}
