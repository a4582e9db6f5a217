namespace PushNet.Actors.Games;

/// <summary>One side of a game.</summary>
/// <param name="Name">Full name, as shown to people.</param>
/// <param name="City">City, where the name has one.</param>
/// <param name="Mascot">Nickname, where the name has one.</param>
/// <param name="AbbreviationPn">Short code, for instance <c>BOS</c>.</param>
/// <param name="Logo">Address of a logo.</param>
public sealed record Team(string Name, string? City, string? Mascot, string? AbbreviationPn, string? Logo);
