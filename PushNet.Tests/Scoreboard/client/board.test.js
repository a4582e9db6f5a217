// The fold of pushnet-client.js, frame by frame.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Board } from '../../../PushNet.Web/wwwroot/pushnet-client.js';
import { heldPrices } from './following.js';
import { game } from './server.js';

const GAME = { game_id: 'g', pn_slug: null, pn_league_code: 'mls' };

/** A game as frames have it. */
function gameOf(status, { home = 0, away = 0, ...scores } = {}, more = {}) {
  const { type, scores: given, ...one } = game('g', home, away, status);
  return { ...one, scores: { ...given, last_play: null, is_live: status === 'live', ...scores }, ...more };
}

const MONEYLINE = { pn_market_type: 'moneyline', book: 'a', outcome: 'home', points: null };

const change = (seq, new_price, more = {}) =>
  ({ type: 'price_change', ...GAME, ...MONEYLINE, old_price: null, new_price, ts: 1, seq, ...more });

const offer = (price, more = {}) => ({ book: 'a', outcome: 'home', price, points: null, player_id: null, ts: 1, ...more });

/** A board that has taken a welcome, a snapshot and further frames. */
function boardOf(welcome, snapshot, ...frames) {
  const board = new Board();
  board.apply({ type: 'welcome', ...welcome });
  board.apply({ type: 'snapshot', seq: 1, games: [], ...snapshot });
  for (const frame of frames) board.apply(frame);
  return board;
}

const statusChange = (seq, old_status, now) =>
  ({ type: 'status_change', ...GAME, old_status, new_status: now.status, game: now, ts: 1, seq });

const priceTold = ({ price, reason, main, seq }) => ({ price, reason, main, seq });
const prices = board => [...board.prices.get('g')?.values() ?? []].map(priceTold);

test('the sources that are stale are held until they are fresh or the connection is another one', () => {
  const stale = [{ name: 'nats', state: 'stale', last_observation_ms: 1 }];
  const board = boardOf({}, {}, { type: 'feed', stale, ts: 2 });
  assert.deepEqual(board.staleFeeds, stale);
  board.apply({ type: 'feed', stale: [], ts: 3 });
  assert.deepEqual(board.staleFeeds, []);

  board.apply({ type: 'feed', stale, ts: 4 });
  board.apply({ type: 'welcome' });
  assert.deepEqual(board.staleFeeds, []);
});

test('a game that is final goes with its prices, also when only game_final came through', () => {
  const board = new Board();
  const { scores, ...ended } = game('ended');
  board.apply({ type: 'snapshot', seq: 5, games: [{ ...ended, scores: { ...scores, is_live: true } }] });
  board.apply({ type: 'price_change', game_id: 'ended', ...MONEYLINE, new_price: 100, ts: 1, seq: 6 });
  board.apply({ type: 'price_change', game_id: 'ended', ...MONEYLINE, new_price: 90, ts: 1, seq: 4 });
  assert.equal(heldPrices({ board })[0], 'ended moneyline a home  100');

  board.apply({ type: 'lagged', dropped: 1, dropped_by_type: { status_change: 1 }, ts: 1, seq: 7 });
  assert.equal(board.stale, true);
  board.apply({ type: 'game_final', game_id: 'ended', score_home: 1, score_away: 0, period: 'FT', clock: null, ts: 1, seq: 8 });
  board.apply({ type: 'price_change', game_id: 'ended', ...MONEYLINE, new_price: null, ts: 1, seq: 9 });

  assert.deepEqual([board.games.size, board.prices.size, board.seq, board.dropped], [0, 0, 9, 1]);
});

test('a merged price that is older than a snapshot without prices is taken', () => {
  const board = new Board();
  board.apply({ type: 'welcome', channel: 'odds', conflate: 250 });
  board.apply({ type: 'snapshot', seq: 12, games: [] });
  board.apply({ type: 'price_change', game_id: 'g', ...MONEYLINE, new_price: 100, ts: 1, seq: 10 });

  assert.deepEqual(heldPrices({ board }), ['g moneyline a home  100']);
});

test('a game that is given in full replaces the one that is held: sides may be swapped', () => {
  const swapped = gameOf('live', { home: 1, away: 2 }, { home_team: { name: 'Borough' }, away_team: { name: 'Albion' } });
  const board = boardOf({}, { games: [gameOf('live', { home: 2, away: 1 })] },
    { type: 'game_update', ...GAME, game: swapped, ts: 1, seq: 2 },
    { type: 'score_change', ...GAME, score_home: 1, score_away: 2, period: '2H', clock: '61', ts: 1, seq: 3 });

  const { home_team, away_team, scores } = board.games.get('g');
  assert.deepEqual([home_team.name, scores.score_home, away_team.name, scores.score_away, board.seq], ['Borough', 1, 'Albion', 2, 3]);
});

test('a game_update of a game that is not live brings it onto no board of live games', () => {
  const postponed = gameOf('unplayed', {}, { status_detail: 'postponed' });
  assert.equal(boardOf({}, {}, { type: 'game_update', ...GAME, game: postponed, ts: 1, seq: 2 }).games.size, 0);
});

test('a game that ends with a game_update stays until its status_change', () => {
  const final = gameOf('final', {}, { winner: 'draw' });
  const board = boardOf({}, { games: [gameOf('live')] }, { type: 'game_update', ...GAME, game: final, ts: 1, seq: 2 });
  assert.equal(board.games.get('g').status, 'live');

  board.apply(statusChange(3, 'live', final));
  assert.equal(board.games.size, 0);
});

test('periods come with the score, and go where they are left out', () => {
  const score = { type: 'score_change', ...GAME, score_home: 1, score_away: 0, period: '2', clock: '4-3', ts: 1, seq: 2 };
  const periods = [{ name: '1', home: 6, away: 4 }, { name: '2', home: 4, away: 3 }];
  const board = boardOf({}, { games: [gameOf('live')] }, { ...score, periods });
  assert.deepEqual(board.games.get('g').scores.periods, periods);

  board.apply({ ...score, seq: 3 });
  assert.equal('periods' in board.games.get('g').scores, false);
});

test('a last play is none any more once the score has changed, until the next full game', () => {
  const score = { type: 'score_change', ...GAME, score_home: 0, score_away: 0, period: '1H', clock: '11', ts: 1, seq: 2 };
  const board = boardOf({}, { games: [gameOf('live', { last_play: 'kick-off' })] }, score);
  assert.equal(board.games.get('g').scores.last_play, 'kick-off');

  board.apply({ ...score, score_home: 1, seq: 3 });
  assert.equal(board.games.get('g').scores.last_play, null);

  board.apply({ type: 'game_update', ...GAME, game: gameOf('live', { home: 1, last_play: 'goal' }), ts: 1, seq: 3 });
  board.apply({ ...score, score_home: 1, seq: 4 });
  assert.equal(board.games.get('g').scores.last_play, 'goal');
});

test('a game that goes live brings its prices, and older ones that come later change nothing', () => {
  const board = boardOf({ prices: 'snapshot' }, {}, change(2, 118), statusChange(3, 'unplayed', gameOf('live')),
    { type: 'markets', ...GAME, markets: { moneyline: [offer(120), offer(240, { outcome: 'away', main: true })] }, ts: 1, seq: 5 },
    change(4, 90), change(5, 91), change(4, 92, { outcome: 'draw' }), change(6, 119));

  assert.deepEqual(prices(board), [
    { price: 119, reason: undefined, main: false, seq: 6 }, { price: 240, reason: undefined, main: true, seq: 5 }]);
  assert.equal(board.seq, 6);
});

test('a game that was final and is live again has its prices again', () => {
  const board = boardOf({ prices: 'snapshot' },
    { games: [{ ...gameOf('live'), markets: { moneyline: [offer(-110), offer(-105, { book: 'b' })] } }] },
    statusChange(2, 'live', gameOf('final')),
    { type: 'game_final', ...GAME, score_home: 0, score_away: 0, period: 'FT', clock: null, ts: 1, seq: 3 });
  assert.deepEqual([board.games.size, board.prices.size], [0, 0]);

  board.apply(statusChange(4, 'final', gameOf('live')));
  board.apply({ type: 'markets', ...GAME, markets: { moneyline: [offer(-110), offer(-105, { book: 'b' })] }, ts: 1, seq: 4 });
  board.apply(change(5, -120));

  assert.deepEqual(heldPrices({ board }), ['g moneyline a home  -120', 'g moneyline b home  -105']);
});

test('with games=all the board holds every game and its prices until it is removed', () => {
  const board = boardOf({ games: 'all', prices: 'snapshot' }, { games: [{ ...gameOf('unplayed'), markets: { moneyline: [offer(120)] } }] });
  assert.equal(board.games.get('g').status, 'unplayed');

  board.apply(statusChange(2, 'unplayed', gameOf('live')));
  board.apply(statusChange(3, 'live', gameOf('final', { home: 3 })));
  board.apply({ type: 'game_final', ...GAME, score_home: 3, score_away: 0, period: 'FT', clock: null, ts: 1, seq: 4 });
  assert.deepEqual([board.games.get('g').status, board.games.get('g').scores.score_home], ['final', 3]);
  assert.deepEqual(heldPrices({ board }), ['g moneyline a home  120']);

  board.apply({ type: 'game_removed', ...GAME, ts: 1, seq: 4 });
  board.apply(change(4, 130));
  assert.deepEqual([board.games.size, board.prices.size, board.seq], [0, 0, 4]);
});

test('a price says why it was withdrawn, and whether it is of the main line', () => {
  const board = boardOf({}, {}, change(2, 100, { main: true }));
  assert.deepEqual(prices(board), [{ price: 100, reason: undefined, main: true, seq: 2 }]);

  board.apply(change(3, 100));
  assert.deepEqual(prices(board), [{ price: 100, reason: undefined, main: false, seq: 3 }]);

  board.apply(change(4, null, { reason: 'suspended' }));
  assert.deepEqual(prices(board), [{ price: null, reason: 'suspended', main: false, seq: 4 }]);
});
