namespace PushNet.Tests.EndToEnd;

/// <summary>
/// Tests that other tests would spoil, because they measure a time or a rate on the same cores, or use something of which the process
/// has only one. They run by themselves, after the others.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class Alone
{
    public const string Name = "alone";
}
