namespace PushNet.Tests.EndToEnd.Fence;

/// <summary>
/// Two servers that take a database from each other, by random turns: what was acknowledged is what is read back, always.
/// </summary>
public sealed class RivalOwnersTests
{
    private static readonly int Turns = Fuzz.Fuzz.Of(3000, 40);

    private static readonly string[] Games = [.. Enumerable.Range(1, 5).Select(game => $"g{game}")];

    [FactWithFile(PostgresServer.Package)]
    public async Task What_was_acknowledged_is_what_the_next_owner_reads_back()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var rivals = await Rivals.StartAsync(postgres);

        // How many writes come to their end before a connection does depends on the machine.
        var random = new Random(Fuzz.Fuzz.Seed);
        var turn = 0;
        for (; turn < Turns || (turn < 4 * Turns && !HasSeenAll()); turn++)
        {
            await rivals.TurnAsync(random);
        }

        await rivals.TakeOverAsync(random);
        Assert.True(
            HasSeenAll(),
            $"{rivals.Acknowledged} acknowledged, {rivals.Deposed} deposed, {rivals.Refused} refused, in {turn} turns");

        bool HasSeenAll() => rivals.Acknowledged > Turns / 2 && rivals.Deposed > Turns / 20 && rivals.Refused > 0;
    }

    /// <summary>The server that took the database last, and the one before, which mostly does not know yet.</summary>
    private sealed class Rivals(PostgresServer postgres, DatabaseOwner first) : IAsyncDisposable
    {
        // By game, the score that was acknowledged last, and those since that may have been written all the same.
        private readonly Dictionary<string, HashSet<int?>> _expected = Games.ToDictionary(game => game, _ => new HashSet<int?> { null });
        private DatabaseOwner _owner = first;
        private DatabaseOwner? _deposed;
        private int _score;

        public int Acknowledged { get; private set; }

        public int Refused { get; private set; }

        public int Deposed { get; private set; }

        public static async Task<Rivals> StartAsync(PostgresServer postgres) => new(postgres, await DatabaseOwner.TakeAsync(postgres));

        public async Task TurnAsync(Random random)
        {
            var one = _deposed is not null && random.Next(3) == 0 ? _deposed : _owner;
            switch (random.Next(10))
            {
                case 0:
                    await TakeOverAsync(random);
                    break;
                case 1:
                    await postgres.EndHolderAsync();
                    await Task.WhenAll(one.RenewAsync(), WriteAsync(one, random));
                    break;
                case 2:
                    await Task.WhenAll(postgres.EndAllButHolderAsync(), WriteAsync(one, random));
                    break;
                case 3:
                    await one.RenewAsync();
                    break;
                default:
                    await Task.WhenAll(WriteAsync(one, random), WriteAsync(_owner, random));
                    break;
            }
        }

        /// <summary>Another server takes the database while the one that has it writes.</summary>
        public async Task TakeOverAsync(Random random)
        {
            Assert.False(_owner.IsLost, "nobody else has taken the database");
            var taking = DatabaseOwner.TakeAsync(postgres);
            for (var writes = random.Next(1, 100); writes > 0 && !taking.IsCompleted; writes--)
            {
                await Task.WhenAll(WriteAsync(_owner, random), WriteAsync(_deposed ?? _owner, random));
            }

            if (_deposed is not null)
            {
                await _deposed.DisposeAsync();
            }

            (_deposed, _owner) = (_owner, await taking);
            Deposed++;
            foreach (var game in Games)
            {
                var score = await _owner.ReadAsync(game);
                Assert.Contains(score, _expected[game]);
                _expected[game] = [score];
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _owner.DisposeAsync();
            if (_deposed is not null)
            {
                await _deposed.DisposeAsync();
            }
        }

        private async Task WriteAsync(DatabaseOwner owner, Random random)
        {
            var wasDeposed = owner == _deposed;
            var (game, score) = (Games[random.Next(Games.Length)], Interlocked.Increment(ref _score));
            lock (_expected)
            {
                _expected[game].Add(score);
            }

            var isAcknowledged = await owner.WriteAsync(game, score);
            Assert.False(wasDeposed && isAcknowledged, "a deposed server wrote something");
            lock (_expected)
            {
                if (isAcknowledged)
                {
                    Acknowledged++;
                    _expected[game].RemoveWhere(earlier => earlier is null || earlier < score);
                }
                else
                {
                    Refused++;
                }
            }
        }
    }
}
