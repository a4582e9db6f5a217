using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Journal;
using PushNet.Web.Settings;

namespace PushNet.Web.Data;

/// <summary>The board of a data directory that no server uses, as a whole.</summary>
internal static class KeptBoard
{
    /// <summary>Tells whether a directory holds a board.</summary>
    public static bool IsIn(DataDirectory data) =>
        new[] { BoardTable.Journal, BoardTable.Snapshots }.Any(table => File.Exists(Path.Combine(data.FullPath, table.File)));

    /// <summary>Reads it, as a start does.</summary>
    /// <returns>The board, and what is missing from it; sentences.</returns>
    /// <exception cref="IOException">It can't be read, or a server uses it.</exception>
    public static Task<(BoardCopy Board, IReadOnlyList<string> Losses)> ReadAsync(DataDirectory data) => OpenAsync(
        data,
        async (system, hold) => (await BoardCopy.ReadAsync(system, hold.Journal!), hold.Store!.Files!.Losses));

    /// <summary>Writes it to a directory that holds none.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static Task WriteAsync(DataDirectory data, BoardCopy board) => OpenAsync(
        data,
        async (system, hold) =>
        {
            await board.WriteAsync(system, hold.Journal!);
            return true;
        });

    private static async Task<T> OpenAsync<T>(DataDirectory data, Func<ActorSystem, BoardHold, Task<T>> work)
    {
        using var hold = BoardHold.Acquire(new DataOptions(), data, TimeProvider.System);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAkka("board", akka =>
        {
            akka.AddHocon(HoconFiles.Load(), HoconAddMode.Prepend);
            hold.Store!.AddTo(akka);
            akka.AddHocon("akka { loglevel = OFF, stdout-loglevel = OFF }", HoconAddMode.Prepend);
        });
        using var host = builder.Build();
        await host.StartAsync();
        try
        {
            return await work(host.Services.GetRequiredService<ActorSystem>(), hold);
        }
        finally
        {
            await host.StopAsync();
        }
    }
}
