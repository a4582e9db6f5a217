using Akka.Actor;
using Akka.Dispatch;
using PushNet.Actors.Subscribers;

namespace PushNet.Tests.Subscribers;

/// <summary>Where an actor on the <see cref="CallerDispatcher"/> runs.</summary>
public sealed class CallerDispatcherTests : ActorTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<string> _ran = [];
    private int _inside;
    private int _overlaps;

    [Fact]
    public void The_configured_dispatcher_is_this_one() =>
        Assert.IsType<CallerDispatcher>(Sys.Dispatchers.Lookup(CallerDispatcher.Id).Configurator);

    [Fact]
    public async Task A_message_is_handled_on_the_thread_that_told_it_and_before_tell_returns()
    {
        var actor = await Start(_ => _ran.Add($"{Environment.CurrentManagedThreadId}"));

        var thread = OnAThreadOfItsOwn(() =>
        {
            actor.Tell("go");
            _ran.Add("told");
        });

        Assert.Equal([$"{thread}", "told"], _ran);
    }

    [Fact]
    public async Task A_message_told_to_itself_is_handled_after_the_one_at_hand_and_still_before_tell_returns()
    {
        var actor = await Start(context =>
        {
            if (_ran.Count == 0)
            {
                context.Self.Tell("again");
            }

            _ran.Add("handled");
        });

        OnAThreadOfItsOwn(() => actor.Tell("go"));

        Assert.Equal(["handled", "handled"], _ran);
    }

    [Fact]
    public async Task The_callers_synchronization_context_is_away_inside_and_back_afterwards()
    {
        SynchronizationContext? inside = new();
        var actor = await Start(_ => inside = SynchronizationContext.Current);
        var callers = new SynchronizationContext();
        SynchronizationContext? afterwards = null;

        OnAThreadOfItsOwn(() =>
        {
            SynchronizationContext.SetSynchronizationContext(callers);
            actor.Tell("go");
            afterwards = SynchronizationContext.Current;
        });

        Assert.Null(inside);
        Assert.Same(callers, afterwards);
    }

    [Fact]
    public async Task An_actor_that_throws_throws_nothing_at_who_told_it_and_the_next_one_runs_as_before()
    {
        var actor = await Start(_ => throw new InvalidOperationException("a defect"));
        var other = await Start(_ => _ran.Add($"{Environment.CurrentManagedThreadId}"));
        Watch(actor);

        var thread = OnAThreadOfItsOwn(() =>
        {
            actor.Tell("go");
            other.Tell("go");
        });

        Assert.Equal([$"{thread}"], _ran);
        await ExpectTerminatedAsync(actor);
    }

    [Fact]
    public async Task Many_threads_may_tell_and_one_message_at_a_time_is_handled_none_is_lost()
    {
        const int threads = 4, messages = 5_000;
        var handled = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = await Start(_ =>
        {
            _overlaps += Interlocked.Exchange(ref _inside, 1);
            handled++;
            Interlocked.Exchange(ref _inside, 0);
            if (handled == threads * messages)
            {
                all.SetResult();
            }
        });

        await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < messages; i++)
            {
                actor.Tell("go");
            }
        })));

        await all.Task.WaitAsync(Patience);
        Assert.Equal((threads * messages, 0), (handled, _overlaps));
    }

    [Fact]
    public async Task What_waits_while_a_message_is_suspended_is_handled_when_it_goes_on()
    {
        var write = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = await Start(_ =>
        {
            _ran.Add("begun");
            if (_ran.Count > 1)
            {
                second.SetResult();
                return;
            }

            ActorTaskScheduler.RunTask(async () =>
            {
                await write.Task;
                _ran.Add("ended");
            });
        });

        OnAThreadOfItsOwn(() =>
        {
            actor.Tell("one");
            actor.Tell("two");
        });

        Assert.Equal(["begun"], _ran);
        write.SetResult();
        await second.Task.WaitAsync(Patience);
        Assert.Equal(["begun", "ended", "begun"], _ran);
    }

    /// <summary>An actor that has begun, so that what it is told runs at once.</summary>
    private async Task<IActorRef> Start(Action<IActorContext> handle)
    {
        var actor = await ChildOf(
            ParentFor(CreateTestProbe()), Props.Create(() => new Handler(handle)).WithDispatcher(CallerDispatcher.Id));
        await actor.Ask<ActorIdentity>(new Identify(1), Patience);
        return actor;
    }

    private static int OnAThreadOfItsOwn(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        Assert.True(thread.Join(Patience));
        return thread.ManagedThreadId;
    }

    private sealed class Handler(Action<IActorContext> handle) : UntypedActor
    {
        protected override void OnReceive(object message) => handle(Context);
    }
}
