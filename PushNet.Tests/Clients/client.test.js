// pushnet-client.js against the real server, in Node, where WebSocket comes from `ws`. scenarios.json has what takes no real one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { WebSocket } from 'ws';
import { filterValue } from '../../clients/js/pushnet-client.js';
import { byId, clientOf, heldPrices, isOpen, PATIENCE_MS, pricesNow, until } from './following.js';
import { freePort, game, KEY, price, Server } from './server.js';
import { streamTests } from './streams.js';

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

test('prices come with the snapshot and move', async t => {
  await server.ingest(game('priced'), price('priced', -150), price('priced', 120, { outcome: 'away' }),
    price('priced', -110, { market: 'spreads', points: -1.5 }));
  const url = server.address('odds', '?prices=snapshot&game=priced');
  const client = clientOf(t, url);
  await until(client, isOpen(client));
  assert.deepEqual(heldPrices(client),
    ['priced moneyline pinnacle away  120', 'priced moneyline pinnacle home  -150', 'priced spreads pinnacle home -1.5 -110']);

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

  await until(client, () => client.board.dropped > 0 && !client.board.stale
    && heldPrices(client).includes('busy moneyline pinnacle last  1234'));
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

test('who closed stays closed', async t => {
  const client = clientOf(t, server.address('live'));
  const states = [];
  client.addEventListener('state', ({ detail }) => states.push(detail.state));
  client.close();
  const other = clientOf(t, server.address('live'));
  await until(other, isOpen(other));

  assert.deepEqual(states, ['closed']);
});

test('a name with commas, spaces and backslashes can be asked for', async t => {
  const id = ' sr:match\\,1,2 ';
  const { pn_league_code, ...other } = game(id);
  await server.ingest({ ...other, pn_league_code: 'Liga MX, Apertura' }, price(id, 105, { book: 'William Hill (US), NJ' }));
  const [league, book] = ['Liga MX, Apertura', 'William Hill (US), NJ'].map(filterValue);
  const query = `?prices=snapshot&game=${filterValue(id)}&league=${league}&book=${book}`;
  const client = clientOf(t, server.address('odds', query));

  await until(client, isOpen(client));

  assert.deepEqual(heldPrices(client), [`${id} moneyline William Hill (US), NJ home  105`]);
});

test('sides that are swapped, sets, a winner and a play that comes by itself are on the board', async t => {
  const client = clientOf(t, server.address('live', '?details=1&game=sw'));
  await until(client, isOpen(client));
  const swapped = { ...game('sw', 1, 2), home_team: { name: 'Borough' }, away_team: { name: 'Albion' } };
  await server.ingest({ ...game('sw', 2, 1), home_team: { name: 'Albion' }, away_team: { name: 'Borough' } }, swapped);
  await until(client, () => client.board.games.get('sw')?.scores.score_away === 2);
  assert.equal(client.board.games.get('sw').home_team.name, 'Borough');

  const scores = { ...swapped.scores, periods: [{ name: '1', home: 1, away: 2 }], last_play: 'throw-in' };
  await server.ingest({ ...swapped, winner: 'away', status_detail: 'delayed', scores });
  await until(client, () => client.board.games.get('sw').scores.last_play === 'throw-in');
  assert.deepEqual(client.board.games.get('sw'), (await server.liveGames()).find(one => one.game_id === 'sw'));
});

test('a game that goes live brings the prices that it had, and with games=all they were there before', async t => {
  const unplayed = { ...game('pg', null, null, 'unplayed', null), pn_league_code: 'before' };
  await server.ingest(unplayed,
    price('pg', 120, { book: 'p' }), price('pg', 230, { book: 'p', outcome: 'draw' }), price('pg', 118, { book: 'q' }));
  const url = server.address('odds', '?prices=snapshot&league=before');
  const [client, all] = [clientOf(t, url), clientOf(t, `${url}&games=all`)];
  await until(client, isOpen(client));
  await until(all, isOpen(all));
  assert.deepEqual([client, all].map(one => [one.board.games.size, heldPrices(one).length]), [[0, 0], [1, 3]]);

  for (const status of ['live', 'final', 'live']) await server.ingest({ ...unplayed, status });
  await server.ingest(price('pg', 119, { book: 'q' }));
  for (const one of [client, all]) {
    await until(one, () => heldPrices(one).includes('pg moneyline q home  119'));
    assert.deepEqual(heldPrices(one), await pricesNow(t, url));
  }

  await server.ingest({ ...unplayed, status: 'final' });
  await until(all, () => all.board.games.get('pg').status === 'final');
  assert.equal(heldPrices(all).length, 3);
});

test('a market that is suspended says so, and a main line is one until it is another', async t => {
  const client = clientOf(t, server.address('odds', '?prices=snapshot&game=off'));
  await until(client, isOpen(client));
  await server.ingest(game('off'), { ...price('off', -110, { market: 'spreads', points: -3.5 }), main: true }, price('off', 120));
  await until(client, () => client.board.prices.get('off')?.size === 2);
  const told = () => [...client.board.prices.get('off').values()].map(({ market, price, reason, main }) => [market, price, reason, main]);
  assert.deepEqual(told(), [['spreads', -110, undefined, true], ['moneyline', 120, undefined, false]]);

  await server.ingest(price('off', -110, { market: 'spreads', points: -3.5 }),
    { type: 'withdraw', game_id: 'off', pn_market_type: 'moneyline', reason: 'suspended' });
  await until(client, () => heldPrices(client).length === 1);
  assert.deepEqual(told(), [['spreads', -110, undefined, false], ['moneyline', null, 'suspended', false]]);
});

streamTests(() => server);
