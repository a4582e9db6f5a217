namespace PushNet.Web.Security.Keys;

/// <summary>What is open because a key let it in, and must end with the key.</summary>
internal interface IKeyHolder
{
    /// <summary>The secret that was presented.</summary>
    HashedSecret Secret { get; }

    /// <summary>The scope that the key had to have.</summary>
    string Scope { get; }

    /// <summary>Ends it and tells the other side why. Another call does nothing.</summary>
    /// <param name="reason">Why.</param>
    void EndWithKey(string reason);

    /// <summary>Ends it at once.</summary>
    void Abort();
}
