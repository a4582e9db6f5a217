using PushNet.Web.Rest.Bodies;

namespace PushNet.Tests.Rest;

public class SharedBodiesTests
{
    private const int Megabyte = 1024 * 1024;

    private int _encoded;

    [Fact]
    public async Task A_body_is_encoded_once_for_all_who_read_it_at_the_same_time()
    {
        var bodies = new SharedBodies(100 * Megabyte);
        var (gate, encoding) = (new TaskCompletionSource(), new TaskCompletionSource());
        var read = new List<EncodedBody>();
        var readers = Enumerable.Range(0, 10).Select(_ => bodies.ReadAsync(
            Key("a"),
            async () =>
            {
                await encoding.Task;
                return Body(1);
            },
            () => { },
            body =>
            {
                lock (read)
                {
                    read.Add(body);
                }

                return gate.Task;
            })).ToList();
        encoding.SetResult();
        gate.SetResult();
        await Task.WhenAll(readers);

        Assert.Equal((10, 1, 1), (read.Count, read.Distinct().Count(), _encoded));
    }

    [Fact]
    public async Task A_body_that_nobody_reads_is_kept_for_a_while_and_another_version_is_another_body()
    {
        var bodies = new SharedBodies(100 * Megabyte);
        await Read(bodies, Key("a"), 1);
        await Read(bodies, Key("a"), 1);
        Assert.Equal(1, _encoded);

        await Read(bodies, Key("a") with { Version = "2" }, 1);
        await Read(bodies, Key("a") with { Encoding = "br" }, 1);
        Assert.Equal(3, _encoded);
    }

    [Fact]
    public async Task What_nobody_reads_is_bounded()
    {
        var bodies = new SharedBodies(100 * Megabyte);
        for (var i = 0; i < 50; i++)
        {
            await Read(bodies, Key($"{i}"), 1);
        }

        Assert.InRange(bodies.Held, SharedBodies.MostUnread - (2 * Megabyte), SharedBodies.MostUnread);
        await Read(bodies, Key("49"), 1);
        Assert.Equal(50, _encoded);
        await Read(bodies, Key("0"), 1);
        Assert.Equal(51, _encoded);
    }

    [Fact]
    public async Task Past_the_bound_the_readers_of_the_body_that_nobody_asked_for_the_longest_are_cut()
    {
        var bodies = new SharedBodies(10 * Megabyte);
        var cut = new List<string>();
        var end = new TaskCompletionSource();
        Task Hold(string name, string reader) => bodies.ReadAsync(
            Key(name), () => Task.FromResult(Body(4)), () => cut.Add(reader), _ => end.Task);

        List<Task> reading = [Hold("a", "1"), Hold("a", "2"), Hold("b", "3"), Hold("a", "4")];
        Assert.Empty(cut);
        reading.Add(Hold("c", "5"));
        Assert.Equal(["3"], cut);
        reading.Add(Hold("d", "6"));
        Assert.Equal(["3", "1", "2", "4"], cut);
        Assert.InRange(bodies.Held, 8 * Megabyte, 9 * Megabyte);

        end.SetResult();
        await Task.WhenAll(reading);
        Assert.InRange(bodies.Held, 8 * Megabyte, 9 * Megabyte);
        await Read(bodies, Key("a"), 4);
        Assert.Equal(5, _encoded);
    }

    [Fact]
    public async Task One_that_is_larger_than_the_bound_is_read_alone()
    {
        var bodies = new SharedBodies(2 * Megabyte);
        var cut = false;

        await bodies.ReadAsync(Key("a"), () => Task.FromResult(Body(5)), () => cut = true, body => Task.FromResult(body));

        Assert.False(cut);
    }

    [Fact]
    public async Task Who_can_not_be_answered_is_told_and_the_next_one_tries_again()
    {
        var bodies = new SharedBodies(Megabyte);

        await Assert.ThrowsAsync<OutOfMemoryException>(
            () => bodies.ReadAsync(Key("a"), () => throw new OutOfMemoryException(), () => { }, Task.FromResult));
        await Read(bodies, Key("a"), 1);

        Assert.Equal(1, _encoded);
    }

    private static BodyKey Key(string path) => new(path, "", "1", "");

    private Task Read(SharedBodies bodies, BodyKey key, int megabytes) =>
        bodies.ReadAsync(key, () => Task.FromResult(Body(megabytes)), () => { }, _ => Task.CompletedTask);

    private EncodedBody Body(int megabytes)
    {
        _encoded++;
        return new EncodedBody(new byte[megabytes * Megabyte]);
    }
}
