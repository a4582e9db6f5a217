using System.Runtime.InteropServices;

namespace PushNet.Actors.Admission;

/// <summary>Counts the slots of each owner of a share. Holds nothing of owners that have none. Pure.</summary>
internal sealed class SlotShares
{
    private readonly Dictionary<string, int> _open = [];

    /// <summary>Owners that have slots.</summary>
    public int Owners => _open.Count;

    /// <summary>The slots that are taken in a name.</summary>
    public int OpenOf(string owner) => _open.GetValueOrDefault(owner);

    /// <summary>One slot more; nothing for null.</summary>
    public void Take(SlotShare? share)
    {
        if (share is not null)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_open, share.Owner, out _)++;
        }
    }

    /// <summary>One slot less; nothing for null.</summary>
    public void GiveBack(SlotShare? share)
    {
        if (share is not null && --CollectionsMarshal.GetValueRefOrNullRef(_open, share.Owner) == 0)
        {
            _open.Remove(share.Owner);
        }
    }
}
