// pushnet-client.js while servers stop, are killed and come back.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clientOf, isOpen, until } from './following.js';
import { freePort, game, Server } from './server.js';

// They wait for seconds, so they wait together.
describe('with servers of their own', { concurrency: true }, () => {
  test('a server that stops says when to come back, and it does', async t => {
    const port = await freePort();
    let restarting = await Server.start(port);
    t.after(() => restarting.stop());
    await restarting.ingest(game('before'));
    const [client, stream] = [{}, { transport: 'sse' }].map(options => clientOf(t, restarting.address('live'), options));
    await until(stream, isOpen(stream));
    let afterMs;
    client.addEventListener('frame', ({ detail }) => { if (detail.type === 'reconnect') afterMs = detail.after_ms; });
    await until(client, isOpen(client));

    const exit = restarting.stop('SIGTERM');
    await Promise.all([client, stream].map(one => until(one, () => one.state === 'waiting')));
    assert.equal(stream.error, 'the server restarts');
    assert.ok(Math.abs(client.retryAt - Date.now() - afterMs) < 1_000, `${client.retryAt - Date.now()} is not ${afterMs}`);
    assert.deepEqual([...client.board.games.keys()], ['before']);
    await exit;
    restarting = await Server.start(port);
    await restarting.ingest(game('after'));

    await until(client, () => client.state === 'open' && client.board.games.has('after'));
    await until(stream, () => stream.state === 'open' && stream.board.games.has('after'));
    assert.deepEqual([...client.board.games.keys()], ['after']);
  });

  test('a server that is killed, or goes silent, is found again', async t => {
    const port = await freePort();
    let killed = await Server.start(port);
    t.after(() => killed.stop());
    const client = clientOf(t, killed.address('live'), { pingIntervalMs: 1_000 });
    await until(client, isOpen(client));

    await killed.stop('SIGKILL');
    await until(client, () => client.state === 'waiting');
    killed = await Server.start(port);
    await until(client, isOpen(client));

    killed.signal('SIGSTOP');
    await until(client, () => client.state === 'waiting');
    assert.equal(client.error, 'the server went silent');
    killed.signal('SIGCONT');
    await until(client, isOpen(client));
  });
});
