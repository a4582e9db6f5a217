namespace PushNet.Tests.EndToEnd;

/// <summary>Tests that state a time or a rate, which other tests on the same cores would spoil: they run by themselves, after the others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class Alone
{
    public const string Name = "alone";
}
