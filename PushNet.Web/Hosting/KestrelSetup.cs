using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using PushNet.Web.Operators.Port;
using PushNet.Web.Settings;
using PushNet.Web.Sockets;
using PushNet.Web.Sockets.Accepting;

namespace PushNet.Web.Hosting;

/// <summary>Where Kestrel listens, how long it waits, and how its connections send.</summary>
internal static class KestrelSetup
{
    // A small cap on WebSockets is no reason for newcomers of other kinds to find the queue full.
    private const int ShortestBacklog = 4096;

    internal const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>Connections at once of the operator port, out of the files that the caps leave free.</summary>
    private const int OperatorConnections = 50;

    /// <summary>The same for the address that has the metrics alone.</summary>
    private const int MetricsConnections = 20;

    public static void AddTo(WebApplicationBuilder builder, PushNetOptions options)
    {
        // When Kestrel's own settings have endpoints, where a certificate can be given, these take the place of the addresses.
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey])
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        OperatorPort.Listen(builder, options.Operator);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // As by default, but without watching the files of certificates, because settings are read at the start only.
            kestrel.Configure(builder.Configuration.GetSection("Kestrel"), reloadOnChange: false);
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = options.Http.HeaderTimeout;
            kestrel.Limits.KeepAliveTimeout = options.Http.IdleTimeout;
            kestrel.ConfigureEndpointDefaults(endpoint =>
            {
                OperatorPort.Mark(endpoint, options.Operator);
                if (options.Sockets.Output != SocketOptions.Kestrel)
                {
                    endpoint.UseSocketOutput(options.KeepAlive.Timeout, endpoint.ApplicationServices.GetRequiredService<TimeProvider>());
                }
            });
        });
        builder.WebHost.UseSockets(sockets =>
        {
            // All clients may come back at once, and one that finds the queue full tries again only after a second (RFC 6298). The
            // kernel has a bound of its own, net.core.somaxconn.
            sockets.Backlog = Math.Max(options.Limits.MaxConnections, ShortestBacklog);
            sockets.CreateBoundListenSocket = endpoint => Listener(endpoint, options.Limits.SocketSendBuffer);
        });
        builder.Services.AddSingleton<AcceptLimit>();
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => Listeners(services, options.Operator));
    }

    // Operators and metrics have places of their own, so that they get in when the other addresses are full.
    private static PatientListeners Listeners(IServiceProvider services, OperatorOptions options)
    {
        var (operators, metrics) = (Limit(OperatorConnections), Limit(MetricsConnections));
        var everybody = services.GetRequiredService<AcceptLimit>();
        return ActivatorUtilities.CreateInstance<PatientListeners>(
            services,
            services.GetRequiredService<IOptions<SocketTransportOptions>>().Value,
            (Func<EndPoint, AcceptLimit>)(endpoint =>
                OperatorPort.IsAt(endpoint, options.Url) ? operators
                : OperatorPort.IsAt(endpoint, options.Metrics.Url) ? metrics
                : everybody));

        AcceptLimit Limit(int connections)
        {
            var limit = ActivatorUtilities.CreateInstance<AcceptLimit>(services);
            limit.Open(connections);
            return limit;
        }
    }

    private static Socket Listener(EndPoint endpoint, int sendBuffer)
    {
        var listener = Bound(endpoint);
        if (sendBuffer > 0)
        {
            // Accepted sockets inherit it, and a fixed size turns the kernel's autotuning off.
            listener.SendBufferSize = sendBuffer;
        }

        return listener;
    }

    /// <summary>A socket that is bound there.</summary>
    /// <param name="endpoint">An address that is to be listened on.</param>
    /// <exception cref="SettingsException">It can't be listened on, for another reason than that somebody else does.</exception>
    internal static Socket Bound(EndPoint endpoint)
    {
        if (endpoint is UnixDomainSocketEndPoint unix)
        {
            UnixSocketFile.RemoveAbandoned(unix);
        }

        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }
        catch (SocketException e) when (e.SocketErrorCode is not SocketError.AddressAlreadyInUse)
        {
            // Not an IOException: on one, Kestrel gives up, where it would otherwise try IPv4 in place of an IPv6 that is not there.
            throw new SettingsException(
                $"{endpoint} can't be listened on: {e.Message}. --urls or ASPNETCORE_URLS names another, "
                + $"for operators {SettingsRules.Name("Operator:Url")}, and for metrics {SettingsRules.Name("Operator:Metrics:Url")}.");
        }
    }
}
