namespace PushNet.Tests;

/// <summary>A directory for one test, deleted at its end.</summary>
internal sealed class TempFolder : IDisposable
{
    /// <summary>The full path.</summary>
    public string Name { get; } = Directory.CreateTempSubdirectory("pushnet-test-").FullName;

    public string File(string name) => Path.Combine(Name, name);

    public void Dispose() => Directory.Delete(Name, recursive: true);
}
