namespace PushNet.Actors.Log.Entries;

/// <summary>A message as the log holds it.</summary>
/// <param name="Sequence">Its place in the log, from 1.</param>
/// <param name="StoredAt">When the log stored it, epoch milliseconds by the clock of whatever stored it.</param>
/// <param name="Payload">The bytes of a <see cref="LogEntry"/>.</param>
/// <param name="Left">How many messages the log had behind it when it brought it; 0 also when that is not known.</param>
internal readonly record struct LogMessage(long Sequence, long StoredAt, ReadOnlyMemory<byte> Payload, long Left = 0);
