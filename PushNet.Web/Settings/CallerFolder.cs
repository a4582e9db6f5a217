namespace PushNet.Web.Settings;

/// <summary>The folder from which a person named a file.</summary>
internal static class CallerFolder
{
    /// <summary>A path relative to where the server was started.</summary>
    public static string Resolve(string path) => Path.GetFullPath(path, Of());

    /// <summary>True when the server was started by <c>dotnet run</c>, in the project's folder.</summary>
    public static bool IsProject => File.Exists("PushNet.Web.csproj");

    // `dotnet run --project` moves to the project's folder first; the shell's PWD still says where it was called.
    private static string Of() =>
        IsProject && Environment.GetEnvironmentVariable("PWD") is { Length: > 0 } caller && Directory.Exists(caller)
            ? caller
            : Directory.GetCurrentDirectory();
}
