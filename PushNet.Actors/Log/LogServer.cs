namespace PushNet.Actors.Log;

/// <summary>What a server says of itself in the log.</summary>
/// <param name="Name">Its name, different on each.</param>
/// <param name="Version">The version of PushNet.</param>
/// <param name="MaxRules">The highest number of rules of the board that it knows.</param>
/// <param name="Address">Where other servers reach it, such as http://10.0.0.1:8080; empty: nowhere.</param>
/// <param name="Connections">How many connections it has.</param>
public sealed record LogServer(string Name, string Version, int MaxRules, string Address, int Connections);
