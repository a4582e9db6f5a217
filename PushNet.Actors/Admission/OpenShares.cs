namespace PushNet.Actors.Admission;

/// <summary>Counts what is open in the name of each key and address, so that none has more than its share. Thread-safe.</summary>
public sealed class OpenShares
{
    private readonly Lock _gate = new();
    private readonly UseCounts<string> _open = new();

    /// <summary>Takes one of every share, or of none.</summary>
    /// <param name="shares">The shares, of different owners.</param>
    /// <returns>The first share that is used up; null when all were taken, and the caller owes one <see cref="GiveBack"/>.</returns>
    public ShareRefused? TryTake(params ReadOnlySpan<SlotShare> shares)
    {
        lock (_gate)
        {
            foreach (var share in shares)
            {
                if (_open.Of(share.Owner) is var open && open >= share.Limit)
                {
                    return new ShareRefused(share, open);
                }
            }

            foreach (var share in shares)
            {
                _open.Take(share.Owner);
            }

            return null;
        }
    }

    /// <summary>Gives back what <see cref="TryTake"/> took.</summary>
    /// <param name="shares">The same shares.</param>
    public void GiveBack(params ReadOnlySpan<SlotShare> shares)
    {
        lock (_gate)
        {
            foreach (var share in shares)
            {
                _open.GiveBack(share.Owner);
            }
        }
    }
}
