namespace PushNet.Web.Data;

/// <summary>Tells the servers on one data directory, which follow each other, from all others.</summary>
internal static class Installation
{
    private const string FileName = "installation.id";

    /// <summary>The id that the directory keeps; made when there is none. Only for whoever has the lock of the directory.</summary>
    /// <exception cref="IOException">It can't be read or written.</exception>
    public static Guid IdOf(DataDirectory data)
    {
        var file = Path.Combine(data.FullPath, FileName);
        try
        {
            DataDirectory.CreatePrivate(file);
            if (!Guid.TryParse(File.ReadAllText(file), out var id))
            {
                id = Guid.NewGuid();
                File.WriteAllText(file, $"{id}");
            }

            return id;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{file} can't be used: {e.Message}", e);
        }
    }
}
