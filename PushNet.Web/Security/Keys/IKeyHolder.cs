namespace PushNet.Web.Security.Keys;

/// <summary>What is open because a key let it in, and must end with the key.</summary>
internal interface IKeyHolder
{
    /// <summary>The secret that was presented.</summary>
    HashedSecret Secret { get; }

    /// <summary>What the key had to allow.</summary>
    string Scope { get; }

    /// <summary>Ends it with a word to the other side. Again: nothing happens.</summary>
    /// <param name="reason">Why.</param>
    void EndWithKey(string reason);

    /// <summary>Ends it at once.</summary>
    void Abort();
}
