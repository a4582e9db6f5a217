using PushNet.Actors.Clock;

namespace PushNet.Web.Security.Keys;

/// <summary>Decides which uses of keys are due to be written: each key at most once a minute. Pure: the time is passed in.</summary>
internal sealed class UseNotes
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (Moment Use, Moment At)> _written = [];

    /// <summary>The uses to write now. They count as written.</summary>
    public IReadOnlyList<KeyValuePair<string, Moment>> Due(IEnumerable<KeyValuePair<string, Moment>> uses, Moment now) =>
        Collect(uses, now, written => now - written >= Interval);

    /// <summary>Everything that was not written yet, for the end.</summary>
    public IReadOnlyList<KeyValuePair<string, Moment>> All(IEnumerable<KeyValuePair<string, Moment>> uses, Moment now) =>
        Collect(uses, now, _ => true);

    private List<KeyValuePair<string, Moment>> Collect(
        IEnumerable<KeyValuePair<string, Moment>> uses, Moment now, Func<Moment, bool> isDue)
    {
        var due = new List<KeyValuePair<string, Moment>>();
        foreach (var use in uses)
        {
            if (!_written.TryGetValue(use.Key, out var written) || (use.Value > written.Use && isDue(written.At)))
            {
                _written[use.Key] = (use.Value, now);
                due.Add(use);
            }
        }

        return due;
    }
}
