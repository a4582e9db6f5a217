using System.Globalization;
using Npgsql;

namespace PushNet.Web.Data;

/// <summary>
/// How the server connects to PostgreSQL, so that neither side keeps what the network forgot. With TCP alone, the database would keep a
/// session whose client is gone for hours, with its locks and its open transaction.
/// </summary>
internal static class DatabaseConnection
{
    /// <summary>A session whose client answers nothing for this long is dead.</summary>
    public static readonly TimeSpan Dead = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan KeepAlive = Dead / 3;

    /// <summary>What the setting says, and what we add to it.</summary>
    /// <param name="setting">A connection string. What it says about the same things wins.</param>
    /// <exception cref="ArgumentException">It is not a connection string.</exception>
    public static NpgsqlConnectionStringBuilder Of(string setting)
    {
        var given = new NpgsqlConnectionStringBuilder(setting);
        var connection = new NpgsqlConnectionStringBuilder();
        if (given.Host?.Split(',').All(IsTcp) == true)
        {
            connection.TcpKeepAlive = true;
            connection.TcpKeepAliveTime = connection.TcpKeepAliveInterval = (int)KeepAlive.TotalSeconds;
        }

        foreach (var name in given.Keys.Cast<string>())
        {
            connection[name] = given[name];
        }

        // When two of them say the same thing, the later one wins.
        connection.Options = $"{OfTheDatabase} {given.Options}".TrimEnd();
        return connection;
    }

    // A Unix socket takes no such options.
    private static bool IsTcp(string host) => !Path.IsPathRooted(host) && !host.StartsWith('@');

    // A transaction that is left open would hold up those that write the same rows after it.
    private static string OfTheDatabase { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"-c tcp_keepalives_idle={KeepAlive.TotalSeconds:0} -c tcp_keepalives_interval={KeepAlive.TotalSeconds:0} -c "
            + $"tcp_keepalives_count=2 "
            + $"-c tcp_user_timeout={Dead.TotalMilliseconds:0} -c idle_in_transaction_session_timeout={Dead.TotalMilliseconds:0}");
}
