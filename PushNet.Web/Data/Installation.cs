namespace PushNet.Web.Data;

/// <summary>Tells the servers that use one data directory, one after the other, from all others.</summary>
internal static class Installation
{
    private const string FileName = "installation.id";

    /// <summary>The id that the directory keeps; made when there is none. Only the holder of the directory's lock may ask.</summary>
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
