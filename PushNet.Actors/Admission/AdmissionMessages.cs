namespace PushNet.Actors.Admission;

/// <summary>Asks the <see cref="ConnectionLimiter"/> for a slot; answered by a <see cref="SlotReply"/>.</summary>
/// <param name="PeekOnly">True to learn what the answer would be without taking a slot; a grant then has id 0.</param>
/// <param name="Key">The cap of the key that was presented; null when it has none.</param>
/// <param name="Address">The cap of the address that asks; null when it has none.</param>
public sealed record AcquireSlot(bool PeekOnly = false, SlotShare? Key = null, SlotShare? Address = null);

/// <summary>A cap within the cap: slots that may be taken at once in one name.</summary>
/// <param name="Owner">The name, unique among keys and addresses.</param>
/// <param name="Limit">Slots at once; at least 1.</param>
public sealed record SlotShare(string Owner, int Limit);

/// <summary>The limiter's answer to <see cref="AcquireSlot"/>.</summary>
public abstract record SlotReply;

/// <summary>A slot was taken. Whoever gets this owes one <see cref="ReleaseSlot"/>.</summary>
/// <param name="ConnectionId">The slot's id and the connection's <c>conn_id</c>: unique in the process, from 1.</param>
public sealed record SlotGranted(long ConnectionId) : SlotReply;

/// <summary>No slot.</summary>
/// <param name="Limit">The cap that is reached: that of this server, or that of all servers on a log.</param>
/// <param name="Closed">Why nobody is admitted, as a sentence; null when the server is full.</param>
public sealed record SlotRefused(int Limit, string? Closed) : SlotReply;

/// <summary>No slot, though the server may have some: the share of the key or of the address is used up.</summary>
/// <param name="Share">The share.</param>
/// <param name="Open">Its slots that are taken.</param>
public sealed record ShareRefused(SlotShare Share, int Open) : SlotReply;

/// <summary>Gives a slot back. Doing so again for the same id does nothing.</summary>
/// <param name="ConnectionId">The id of the grant.</param>
public sealed record ReleaseSlot(long ConnectionId);

/// <summary>Lowers the cap.</summary>
/// <param name="Limit">Connections at once; at least 1. A value above the cap in force changes nothing.</param>
public sealed record LowerLimit(int Limit);

/// <summary>Refuse everybody from now on, until <see cref="AdmitAgain"/>.</summary>
/// <param name="Why">The reason, as a sentence.</param>
public sealed record StopAdmitting(string Why);

/// <summary>Admit again whoever there is a slot for.</summary>
public sealed record AdmitAgain;

/// <summary>Asks for <see cref="LimiterState"/>.</summary>
/// <param name="Owners">Owners of shares to name at most, those with the most slots first.</param>
public sealed record GetLimiterState(int Owners);

/// <summary>The limiter, for operators.</summary>
/// <param name="InUse">Slots taken over both channels.</param>
/// <param name="Limit">The cap in force.</param>
/// <param name="Closed">Why nobody is admitted, as a sentence; null when they are.</param>
/// <param name="Shares">Keys and addresses with a cap of their own, and the slots they have.</param>
public sealed record LimiterState(int InUse, int Limit, string? Closed, IReadOnlyList<ShareUsage> Shares);

/// <summary>What the owner of a share has.</summary>
/// <param name="Owner">The key or address.</param>
/// <param name="Open">Its slots that are taken.</param>
public sealed record ShareUsage(string Owner, int Open);

/// <summary>Asks for <see cref="SlotUsage"/>.</summary>
public sealed record GetSlotUsage;

/// <summary>How full the server is.</summary>
/// <param name="InUse">Slots taken over both channels.</param>
/// <param name="Limit">The cap in force.</param>
public sealed record SlotUsage(int InUse, int Limit);
