namespace PushNet.Web.Security.Keys;

/// <summary>Knows everything of one kind that is open because a key let it in.</summary>
internal interface IKeyHolders
{
    /// <summary>What is open at this moment.</summary>
    IEnumerable<IKeyHolder> Holders { get; }
}
