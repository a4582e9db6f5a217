using System.Runtime.CompilerServices;

namespace PushNet.Web.Security.Keys;

/// <summary>
/// Ends what was opened with keys that are no longer good. Each holder is told first, and aborted if it is still there a while later.
/// </summary>
internal sealed class Revocation(ApiKeyRing keys, TimeProvider time)
{
    /// <summary>A peer that does not read can't be told. With the time in which a change is noticed, this stays under 5 s.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly ConditionalWeakTable<IKeyHolder, object> _toldAt = [];

    /// <summary>Looks at everything that is open.</summary>
    public void Enforce(IEnumerable<IKeyHolder> open)
    {
        foreach (var holder in open)
        {
            if (keys.Fault(holder.Secret, holder.Scope) is not { } fault)
            {
                continue;
            }

            if (!_toldAt.TryGetValue(holder, out var toldAt))
            {
                _toldAt.Add(holder, time.GetTimestamp());
                holder.EndWithKey(fault);
            }
            else if (time.GetElapsedTime((long)toldAt) >= Grace)
            {
                holder.Abort();
            }
        }
    }
}
