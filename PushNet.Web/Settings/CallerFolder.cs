namespace PushNet.Web.Settings;

/// <summary>The folder a person named a file from.</summary>
internal static class CallerFolder
{
    /// <summary>A path relative to where the server was started.</summary>
    public static string Resolve(string path) => Path.GetFullPath(path, Of());

    // `dotnet run --project` moves to the project's folder first; the shell's PWD still says where it was called.
    private static string Of() =>
        File.Exists("PushNet.Web.csproj") && Environment.GetEnvironmentVariable("PWD") is { Length: > 0 } caller && Directory.Exists(caller)
            ? caller
            : Directory.GetCurrentDirectory();
}
