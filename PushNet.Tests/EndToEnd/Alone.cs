namespace PushNet.Tests.EndToEnd;

/// <summary>
/// Tests that other tests would spoil, of the same cores a time or a rate, of the same process what it has one of: they run by
/// themselves, after the others.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class Alone
{
    public const string Name = "alone";
}
