// pushnet-client.js against the real server, in Node, where WebSocket comes from `ws`.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { WebSocket } from 'ws';
import { Board, PushNetClient } from '../../../PushNet.Web/wwwroot/pushnet-client.js';
import { freePort, game, KEY, price, Server } from './server.js';

const PATIENCE_MS = 30_000;

/** Waits until a condition holds after an event of the client. */
function until(client, condition, what = condition.toString()) {
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => reject(new Error(`never came true: ${what}; state ${client.state}, ${client.error}`)), PATIENCE_MS);
    const check = () => {
      if (!condition()) return;
      clearTimeout(timeout);
      client.removeEventListener('frame', check);
      client.removeEventListener('state', check);
      resolve();
    };
    client.addEventListener('frame', check);
    client.addEventListener('state', check);
    check();
  });
}

/** A client that ends with its test. */
function clientOf(t, url, options = {}, key = KEY) {
  const client = new PushNetClient(url, key, { WebSocket, minDelayMs: 50, maxDelayMs: 500, ...options });
  t.after(() => client.close());
  client.connect();
  return client;
}

const isOpen = client => () => client.state === 'open';

const told = ({ game_id, status, scores: { score_home, score_away, period, clock } }) =>
  ({ game_id, status, score_home, score_away, period, clock });
const byId = games => [...games].map(told).sort((a, b) => (a.game_id < b.game_id ? -1 : 1));

const heldPrices = client => [...client.board.prices]
  .flatMap(([id, prices]) => [...prices.values()].filter(one => one.price !== null).map(one => [id, one.market, one.book, one.outcome, one.points, one.price].join(' ')))
  .sort();

/** Connects another client and says what it holds at first. */
async function pricesNow(t, url) {
  const other = clientOf(t, url);
  await until(other, isOpen(other));
  return heldPrices(other);
}

/** @type {Server} */ let server;
before(async () => { server = await Server.start(await freePort()); });
after(() => server.stop());

test('the board holds what the server holds, whatever happens', async t => {
  const client = clientOf(t, server.address('live'));
  await until(client, isOpen(client));
  let random = 1;
  const below = n => (random = (random * 48271) % 2147483647) % n;
  for (let round = 0; round < 10; round++)
    await server.ingest(...Array.from({ length: 20 }, () =>
      game(`fold-${below(5)}`, below(4), below(4), ['unplayed', 'live', 'live', 'final'][below(4)], `${below(90)}`)));
  await server.ingest(game('fold-end'));

  await until(client, () => client.board.games.has('fold-end'));

  assert.deepEqual(byId(client.board.games.values()), byId(await server.liveGames()));
  const other = clientOf(t, server.address('live'));
  await until(other, isOpen(other));
  assert.equal(client.board.seq, other.board.seq);
});

test('a game that is final goes with its prices, also when only game_final came through', () => {
  const board = new Board();
  const { scores, ...ended } = game('ended');
  board.apply({ type: 'snapshot', seq: 5, games: [{ ...ended, scores: { ...scores, is_live: true } }] });
  board.apply({ type: 'price_change', game_id: 'ended', pn_market_type: 'moneyline', book: 'a', outcome: 'home', points: null, new_price: 100, ts: 1, seq: 6 });
  board.apply({ type: 'price_change', game_id: 'ended', pn_market_type: 'moneyline', book: 'a', outcome: 'home', points: null, new_price: 90, ts: 1, seq: 4 });
  assert.equal(heldPrices({ board })[0], 'ended moneyline a home  100');

  board.apply({ type: 'lagged', dropped: 1, dropped_by_type: { status_change: 1 }, ts: 1, seq: 7 });
  assert.equal(board.stale, true);
  board.apply({ type: 'game_final', game_id: 'ended', score_home: 1, score_away: 0, period: 'FT', clock: null, ts: 1, seq: 8 });
  board.apply({ type: 'price_change', game_id: 'ended', pn_market_type: 'moneyline', book: 'a', outcome: 'home', points: null, new_price: null, ts: 1, seq: 9 });

  assert.deepEqual([board.games.size, board.prices.size, board.seq, board.dropped], [0, 0, 9, 1]);
});

test('a merged price that is older than a snapshot without prices is taken', () => {
  const board = new Board();
  board.apply({ type: 'welcome', channel: 'odds', conflate: 250 });
  board.apply({ type: 'snapshot', seq: 12, games: [] });
  board.apply({ type: 'price_change', game_id: 'g', pn_market_type: 'moneyline', book: 'a', outcome: 'home', points: null, new_price: 100, ts: 1, seq: 10 });

  assert.deepEqual(heldPrices({ board }), ['g moneyline a home  100']);
});

test('prices come with the snapshot and move', async t => {
  await server.ingest(game('priced'), price('priced', -150), price('priced', 120, { outcome: 'away' }), price('priced', -110, { market: 'spreads', points: -1.5 }));
  const url = server.address('odds', '?prices=snapshot&game=priced');
  const client = clientOf(t, url);
  await until(client, isOpen(client));
  assert.deepEqual(heldPrices(client), ['priced moneyline pinnacle away  120', 'priced moneyline pinnacle home  -150', 'priced spreads pinnacle home -1.5 -110']);

  await server.ingest(price('priced', -160), price('priced', null, { outcome: 'away' }), price('priced', 205, { book: 'circa' }));
  await until(client, () => heldPrices(client).includes('priced moneyline circa home  205'));

  assert.deepEqual(heldPrices(client), await pricesNow(t, url));
  assert.equal(client.board.games.has('priced'), true);
});

test('who falls behind is told, is stale, and is right again with the snapshot that follows', async t => {
  const slow = await Server.start(await freePort(), { PushNet__Limits__SocketSendBuffer: '8192' });
  t.after(() => slow.stop());
  await slow.ingest(game('busy'));
  const url = slow.address('odds', '?prices=snapshot');
  let socket;
  class Pausable extends WebSocket { constructor(...given) { super(...given); socket = this; } }
  const client = clientOf(t, url, { WebSocket: Pausable });
  await until(client, isOpen(client));
  const stale = [];
  client.addEventListener('frame', () => stale.push(client.board.stale));

  socket.pause();
  for (let round = 0; round < 10; round++)
    await slow.ingest(...Array.from({ length: 2_000 }, (_, i) => price('busy', 100 + (i + round) % 900, { outcome: `outcome ${i % 50}` })));
  await slow.ingest(price('busy', 1234, { outcome: 'last' }));
  socket.resume();

  await until(client, () => client.board.dropped > 0 && !client.board.stale && heldPrices(client).includes('busy moneyline pinnacle last  1234'));
  assert.ok(stale.includes(true), 'it never said that it was stale');
  assert.deepEqual(heldPrices(client), await pricesNow(t, url));
});

test('the key goes by sub-protocol and not into the address, and the way there and back is measured', async t => {
  const given = [];
  class Recorded extends WebSocket { constructor(...arguments_) { super(...arguments_); given.push(arguments_); } }
  const client = clientOf(t, server.address('live'), { WebSocket: Recorded });

  await until(client, () => client.roundTripMs !== null && client.state === 'open');

  assert.deepEqual(given, [[server.address('live'), ['pushnet.v1', `key.${KEY}`]]]);
  assert.ok(client.roundTripMs > 0 && client.roundTripMs < PATIENCE_MS, `${client.roundTripMs}`);
  assert.ok(Math.abs(client.clockOffsetMs) <= client.roundTripMs + 5, `${client.clockOffsetMs}`);
});

test('401 stops, and a better key goes on', async t => {
  let attempts = 0;
  class Counted extends WebSocket { constructor(...given) { super(...given); attempts++; } }
  const client = clientOf(t, server.address('live'), { WebSocket: Counted }, 'not-a-key-of-this-server');
  await until(client, () => client.state === 'unauthorized');
  assert.match(client.error, /key is not known/);
  assert.equal(client.retryAt, null);
  assert.equal(attempts, 1);

  client.key = KEY;
  client.connect();
  await until(client, isOpen(client));
  assert.equal(attempts, 2);
});

test('a wrong query stops', async t => {
  const client = clientOf(t, server.address('live', '?prices=snapshot'));

  await until(client, () => client.state === 'refused');

  assert.match(client.error, /prices/);
});

test('a wrong address stops', async t => {
  const client = clientOf(t, server.address('nothing'));

  await until(client, () => client.state === 'refused');

  assert.match(client.error, /there is nothing at/);
});

test('a server that said when to come back is taken at its word, also when it goes silent then', async t => {
  class Silent {
    constructor() {
      queueMicrotask(() => {
        this.onopen();
        this.onmessage({ data: '{"type":"reconnect","after_ms":60000}' });
      });
    }
    send() {}
    close() {}
  }
  const client = clientOf(t, server.address('live'), { WebSocket: Silent, pingIntervalMs: 50 });

  await until(client, () => client.state === 'waiting');

  assert.equal(client.error, 'the server went silent');
  assert.ok(client.retryAt - Date.now() > 50_000, `${client.retryAt - Date.now()}`);
});

test('when the handshake failed but nothing is against it (426), it tries again', async t => {
  const dead = await freePort();
  let attempts = 0;
  const client = clientOf(t, server.address('live'), {
    WebSocket: function FailingOnce(url, protocols) {
      return new WebSocket(attempts++ ? url : `ws://127.0.0.1:${dead}/`, protocols);
    },
  });

  await until(client, isOpen(client));

  assert.equal(attempts, 2);
});

test('who closed stays closed', async t => {
  const client = clientOf(t, server.address('live'));
  const states = [];
  client.addEventListener('state', ({ detail }) => states.push(detail.state));
  client.close();
  const other = clientOf(t, server.address('live'));
  await until(other, isOpen(other));

  assert.deepEqual(states, ['closed']);
});

// They wait for seconds, so they wait together.
describe('with servers of their own', { concurrency: true }, () => {
  for (const [status, settings] of [
    [503, { PushNet__Limits__MaxConnections: '1' }],
    [429, { PushNet__Limits__MaxConnectionsPerAddress: '1', PushNet__Limits__SpareLoopback: 'false' }],
  ])
    test(`${status} waits for as long as the server asks, then there is room`, async t => {
      const full = await Server.start(await freePort(), settings);
      t.after(() => full.stop());
      const first = clientOf(t, full.address('live'));
      await until(first, isOpen(first));
      const answers = [];
      const second = clientOf(t, full.address('live'), {
        fetch: async (...given) => {
          const response = await fetch(...given);
          answers.push({ status: response.status, body: await response.clone().json() });
          return response;
        },
      });
      await until(second, () => second.state === 'waiting');
      assert.equal(answers[0].status, status);
      assert.equal(second.error, answers[0].body.error);
      assert.ok(Math.abs(second.retryAt - Date.now() - answers[0].body.retry_after_ms) < 1_000, `${second.retryAt - Date.now()}`);

      first.close();
      await until(second, isOpen(second));
      assert.equal(answers.length, 1);
    });

  test('a server that stops says when to come back, and it does', async t => {
    const port = await freePort();
    let restarting = await Server.start(port);
    t.after(() => restarting.stop());
    await restarting.ingest(game('before'));
    const client = clientOf(t, restarting.address('live'));
    let afterMs;
    client.addEventListener('frame', ({ detail }) => { if (detail.type === 'reconnect') afterMs = detail.after_ms; });
    await until(client, isOpen(client));

    const exit = restarting.stop('SIGTERM');
    await until(client, () => client.state === 'waiting');
    assert.ok(Math.abs(client.retryAt - Date.now() - afterMs) < 1_000, `${client.retryAt - Date.now()} is not ${afterMs}`);
    assert.deepEqual([...client.board.games.keys()], ['before']);
    await exit;
    restarting = await Server.start(port);
    await restarting.ingest(game('after'));

    await until(client, () => client.state === 'open' && client.board.games.has('after'));
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
