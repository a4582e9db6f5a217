using System.Reflection;

namespace PushNet.Web.Http;

/// <summary>Which build this is.</summary>
internal static class ServerVersion
{
    /// <summary>The release and the commit it was built from, such as <c>0.2.0+efee0a6</c>.</summary>
    public static string Text { get; } =
        typeof(ServerVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The release alone, such as <c>0.2.0</c>.</summary>
    public static string Release { get; } = Text.Split('+')[0];
}
