using Akka.Configuration;
using Akka.Hosting;
using PushNet.Actors.Admission;
using PushNet.Actors.Channels;
using PushNet.Actors.Feed;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.Feed.Recording;
using PushNet.Actors.State;
using PushNet.Web.Data;
using PushNet.Web.Documents;
using PushNet.Web.Http;
using PushNet.Web.Ingest;
using PushNet.Web.Operators.Commands;
using PushNet.Web.Operators.Metrics;
using PushNet.Web.Operators.Page;
using PushNet.Web.Operators.Port;
using PushNet.Web.Rest;
using PushNet.Web.Rest.Bodies;
using PushNet.Web.Scoreboard;
using PushNet.Web.Security;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Keys.Bucket;
using PushNet.Web.Security.Peers;
using PushNet.Web.Settings;
using PushNet.Web.Sockets;
using PushNet.Web.Sockets.Accepting;

namespace PushNet.Web.Hosting;

/// <summary>Puts the server together, as a table of contents.</summary>
public static class PushNetServer
{
    /// <summary>What each feature requires of its settings, in the order in which they are checked.</summary>
    internal static readonly IReadOnlyList<Action<PushNetOptions>> Rules =
    [
        DataRules.Check, KeyRules.Check, FeedRules.Check, LimitRules.Check, PeerRules.Check, SocketRules.Check, OperatorRules.Check,
        IngestRules.Check, RestRules.Check,
    ];

    /// <summary>Builds a server that is ready to run.</summary>
    /// <param name="configure">Has the last word on configuration and services, for tests.</param>
    /// <exception cref="SettingsException">A setting must be corrected first.</exception>
    /// <exception cref="IOException">The data directory or what is in it can't be used.</exception>
    public static WebApplication Build(Action<WebApplicationBuilder>? configure = null)
    {
        var (builder, options, hocon) = Configure(configure);
        builder.Services.AddSingleton(new IgnoredSettings(builder.Configuration, Environment.GetEnvironmentVariables()));
        ListenAddresses.Check(builder.Configuration);
        var data = DataDirectory.Of(options.Data, builder.Environment.ContentRootPath);
        var name = ListenAddresses.NameOf(Environment.MachineName, builder.Configuration);
        var board = BoardHold.Acquire(options.Data, data, TimeProvider.System, name);
        var (keys, holdsKeys) = KeyStores.Open(options.Data, data, name);
        var feeds = new FeedsInForce(options, holdsKeys);

        var sources = new SourceRegistry(TimeProvider.System);

        Logs.AddTo(builder);
        AddServices(builder.Services, options);
        Recording.AddTo(builder.Services, options.Record);
        AddKeys(builder.Services, keys);
        AddPeers(builder.Services, options);
        KestrelSetup.AddTo(builder, options);
        builder.Services.AddSingleton(feeds);
        builder.Services.AddSingleton(sources);
        builder.Services.AddAkka("pushnet", (akka, services) =>
        {
            AddActors(akka, hocon, options, Feeds.Create(feeds, sources), board);
            board.Log?.Connections = () => services.GetRequiredService<SocketRegistry>().Count;
            OperatorShell.AddTo(akka, services);
        });

        // This comes behind Akka, so that the board is being read back when the start waits for it.
        board.AddTo(builder.Services);

        // Behind Akka as well, for its publishers: to wait for an actor by Akka.Hosting can miss the moment when it is registered.
        builder.Services.AddHostedService<FeedWatch>();
        CutOffWatch.AddTo(builder.Services, board.Log);
        builder.AddTelemetry();

        // This comes behind all that opens files, and in front of Kestrel, which the framework starts last.
        builder.Services.AddSingleton<CapAtStart>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CapAtStart>());

        var app = builder.Build();
        MapRoutes(app, options);
        if (!board.IsStandingBy)
        {
            Recording.Begin(app.Services);
        }

        return app;
    }

    /// <summary>Reads and checks the settings as the server does.</summary>
    /// <exception cref="SettingsException">A setting must be corrected first.</exception>
    internal static (WebApplicationBuilder Builder, PushNetOptions Options, Config Hocon) Configure(
        Action<WebApplicationBuilder>? configure)
    {
        // A built program finds its files beside itself, wherever it is started; only `dotnet run` has them in the project.
        var builder = CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = CallerFolder.IsProject ? null : AppContext.BaseDirectory,

            // Settings are read at the start only, so nothing may watch their files: a machine has few instances of inotify. And only
            // the proxies that are named are believed.
            Args = ["--hostBuilder:reloadConfigOnChange=false", "--ForwardedHeaders_Enabled=false"],
        });
        var hocon = HoconFiles.Load();
        var defaults = new HoconConfigurationSource(hocon);
        builder.Configuration.Sources.Insert(0, defaults);
        configure?.Invoke(builder);

        // In development, the framework would put a page in front that shows the headers and the query of a request that failed,
        // and its key with them.
        builder.Environment.EnvironmentName = Environments.Production;
        return (builder, SettingsReader.Read(builder.Configuration, new ConfigurationBuilder().Add(defaults).Build(), Rules), hocon);
    }

    private static WebApplicationBuilder CreateBuilder(WebApplicationOptions options)
    {
        try
        {
            return WebApplication.CreateBuilder(options);
        }
        catch (InvalidDataException e)
        {
            throw new SettingsException($"{e.Message} {e.GetBaseException().Message}");
        }
    }

    private static void AddServices(IServiceCollection services, PushNetOptions options)
    {
        ActorServices.AddTo(services, options);
        services.AddSingleton<BoardReader>();
        services.AddSingleton(new SharedBodies(options.Rest.MaxBodyBytes));
        services.AddSingleton<ReadLimit>();
        services.AddSingleton<SocketRegistry>();
        services.AddSingleton<Entrance>();
        services.AddSingleton(new DistinctFilters(options.Limits.MaxFilters, options.Limits.FilterShare));
        services.AddSingleton<PushConnections>();
        services.AddSingleton<IngestGate>();
        services.AddSingleton<LinePace>();
        services.AddSingleton<IngestEndpoint>();
        Readiness.AddTo(services);
        services.AddSingleton(new ServerStart(TimeProvider.System));
        services.AddHostedService<ClockWatch>();
        services.AddHostedService<KeepAliveSweep>();
        services.AddHostedService<DrainService>();
        services.AddSingleton<ServerAddresses>();
        services.AddHostedService<Greeting>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Drain.Window + TimeSpan.FromSeconds(10));
        LongBodyCompression.AddTo(services);
        CrossOrigin.AddTo(services, options);
        OpenApi.AddTo(services);
        services.ConfigureHttpJsonOptions(json => SnakeCase.Set(json.SerializerOptions));
    }

    private static void AddKeys(IServiceCollection services, IKeyStore? keys)
    {
        if (keys is not null)
        {
            services.AddSingleton(_ => keys);
        }

        services.AddSingleton<ApiKeyRing>();
        services.AddSingleton<IKeyHolders>(provider => provider.GetRequiredService<SocketRegistry>());
        services.AddSingleton<IKeyHolders>(provider => provider.GetRequiredService<IngestGate>());
        services.AddHostedService<KeyWatch>();
        ApiKeyAuthentication.AddTo(services);
    }

    private static void AddPeers(IServiceCollection services, PushNetOptions options)
    {
        TrustedProxies.AddTo(services, options.Proxies);
        services.AddSingleton<PeerLimits>();
        services.AddSingleton<OriginPolicy>();
        FailureLimit.AddTo(services, options.Limits);
    }

    internal static void AddActors(
        AkkaConfigurationBuilder akka,
        Config hocon,
        PushNetOptions options,
        IReadOnlyList<RunningFeed> feeds,
        BoardHold board)
    {
        akka.AddHocon(hocon, HoconAddMode.Prepend);
        akka.AddHocon($"{Actors.Subscribers.DropHeadMailbox.Id}.capacity = {options.Limits.QueueCapacity}", HoconAddMode.Prepend);
        akka.ConfigureLoggers(logs =>
        {
            logs.ClearLoggers();
            logs.AddLoggerFactory();
        });

        akka.WithConnectionLimiter(options.Limits.MaxConnections, board.Log?.Slots);
        akka.WithGameState(ActorSettings.LimitsOf(options), ActorSettings.HoldOf(options), board.Journal, board.Log);
        board.Store?.AddTo(akka);
        akka.WithPublishers(ActorSettings.FanOutOf(options), options.Sockets.CompressionStreams, new PromptTime());
        if (options.Record.File.Length > 0)
        {
            akka.WithRecorder();
        }

        if (feeds.Count > 0)
        {
            akka.WithFeeds(feeds);
        }
    }

    private static bool IsOfApi(PathString path) => PushEndpoints.Has(path) || path.StartsWithSegments("/v1");

    private static void MapRoutes(WebApplication app, PushNetOptions options)
    {
        AcceptedConnection.Note(app);
        app.UseSocketPatience();
        app.UseHead();
        app.UseOperatorPort();
        app.UseTrustedProxies(options.Proxies);

        // Connections are left out, because each would hold the state of the compression as long as it is open. What is read of the board
        // is compressed once for all who read it.
        app.UseWhen(context => !IsOfApi(context.Request.Path), http => http.UseResponseCompression());
        app.UseCors();
        app.UseStatusCodePages(ErrorResponse.ForEmptyStatus);
        app.UseScoreboard();
        app.UsePathSegments();
        app.UseAuthentication();
        app.UseFailureLimit(options.Limits);
        app.UseAuthorization();
        app.MapHealth();
        app.MapDemoKey();
        app.MapRest();
        app.MapDocuments();
        Readiness.Map(app);
        app.MapMetrics();
        app.MapOperatorCommands();
        OperatorPage.Map(app);
        PageLinks.Map(app);
        app.MapPush();
        IngestEndpoint.Map(app);
    }
}
