namespace PushNet.Tests.Samples.Later
{
    /// <summary>Something that an earlier folder must not name.</summary>
    public static class Called
    {
        public static Task RunAsync() => Task.CompletedTask;
    }
}

namespace PushNet.Tests.Samples.Earlier
{
    /// <summary>Names it where it is hardest to see.</summary>
    public static class Caller
    {
        public static readonly Func<Task> Call = async () => await Later.Called.RunAsync();
    }
}
