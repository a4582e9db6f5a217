using System.Buffers;
using System.Text.Json;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Logging;
using PushNet.Actors.State;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Feed.Recording;

/// <summary>
/// Writes every accepted observation to a file that the replay feed can play. A recording that can't go on ends; the server does
/// not.
/// </summary>
public sealed partial class RecorderActor : UntypedActor
{
    private readonly RecordFile _file;
    private readonly ILogger<RecorderActor> _log;
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly Utf8JsonWriter _json;

    /// <summary>An actor that owns the file.</summary>
    public RecorderActor(RecordFile file, ILogger<RecorderActor> log)
    {
        (_file, _log) = (file, log);
        _json = new Utf8JsonWriter(_lines, WireJson.Options);
    }

    /// <inheritdoc />
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(ObservationsAccepted));

    /// <inheritdoc />
    protected override void PostStop()
    {
        _json.Dispose();
        _file.Dispose();
    }

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        if (message is not ObservationsAccepted accepted)
        {
            Unhandled(message);
            return;
        }

        try
        {
            if (!Write(accepted))
            {
                LogFull(_log, _file.FullPath);
                Context.Stop(Self);
            }
        }
        catch (IOException e)
        {
            LogBroken(_log, _file.FullPath, e.Message);
            Context.Stop(Self);
        }
    }

    /// <summary>Writes as many of the observations as fit; false when that is not all.</summary>
    private bool Write(ObservationsAccepted accepted)
    {
        _lines.ResetWrittenCount();
        var whole = 0;
        var fits = true;
        foreach (var observation in accepted.Observations)
        {
            ObservationWriter.Write(_json, observation, accepted.At - _file.Start);
            _json.Flush();
            _json.Reset();
            _lines.Write("\n"u8);
            fits = _file.Holds(_lines.WrittenCount);
            if (!fits)
            {
                break;
            }

            whole = _lines.WrittenCount;
        }

        _file.Write(_lines.WrittenSpan[..whole]);
        return fits;
    }

    [LoggerMessage(1, LogLevel.Warning, "The recording {File} has reached its limit and ends here; the server goes on without")]
    private static partial void LogFull(ILogger log, string file);

    [LoggerMessage(2, LogLevel.Error, "The recording {File} ends here, the server goes on without: {Error}")]
    private static partial void LogBroken(ILogger log, string file, string error);
}

/// <summary>Wiring of the <see cref="RecorderActor"/>.</summary>
public static class RecorderSetup
{
    /// <summary>Starts the recorder at <c>/user/recorder</c>, with the <see cref="RecordFile"/> among the services.</summary>
    /// <param name="builder">The actor system's builder.</param>
    public static AkkaConfigurationBuilder WithRecorder(this AkkaConfigurationBuilder builder) =>
        builder.WithActors((system, registry, resolver) =>
            registry.Register<RecorderActor>(system.ActorOf(resolver.Props<RecorderActor>(), "recorder")));
}
