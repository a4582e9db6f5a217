// The page's pure parts: how games and prices are written, and for how long they are shown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

// As it is served: with the client module beside it.
const page = new URL('wwwroot/scoreboard/', pathToFileURL(process.env.PUSHNET_SERVER));
const [
  { FinishedGames },
  { badgeText, clockText, inOrder, pointText, scoreText, shortText, startText, trailing },
  { lineScoreOf, setsOf, shootOutOf },
  { decimalOf, pointsText, priceText },
  { Confirmations },
  { layOut },
] = await Promise.all(['finished', 'games', 'periods', 'price', 'seen', 'wall-layout'].map(name => import(new URL(`${name}.js`, page))));

const gameOf = (sport_category, period, clock, more = {}) => ({
  sport_category,
  status: 'live',
  start_date: '2026-12-02',
  home_team: { name: 'São Paulo', abbreviation_pn: null },
  away_team: { name: 'Santos', abbreviation_pn: 'SAN' },
  scores: { score_home: 1, score_away: null, period, clock },
  ...more,
});

for (const [sport, period, clock, text] of [
  ['basketball', '4', '03:42', 'Q4 · 03:42'],
  ['football', 'OT', '10:00', 'OT · 10:00'],
  ['hockey', '2', '09:00', 'P2 · 09:00'],
  ['baseball', '10', 'Bot', 'Bot 10'],
  ['soccer', '2H', '94', '2H · 94′'],
  ['soccer', 'PEN', '3-1', 'PEN · 3-1'],
  ['tennis', '2', '4-3', 'Set 2 · 4-3'],
  ['curling', '7', null, '7'],
  ['soccer', null, null, ''],
])
  test(`${sport}: period ${period}, clock ${clock}`, () => assert.equal(clockText(gameOf(sport, period, clock)), text));

for (const [status, status_detail, text] of [
  ['unplayed', 'postponed', 'Postponed · Dec 2, 2026'],
  ['unplayed', undefined, 'Dec 2, 2026'],
  ['live', 'suspended', 'Suspended · 2H · 61′'],
  ['final', undefined, 'Final'],
  ['final', 'retired', 'Final · Retired'],
  ['final', 'abandoned', 'Abandoned'],
])
  test(`${status}, ${status_detail}`, () => assert.equal(clockText(gameOf('soccer', '2H', '61', { status, status_detail })), text));

test('a start is shown with its time, and a day alone is that day everywhere', () => {
  assert.equal(startText('2026-12-02'), 'Dec 2, 2026');
  assert.match(startText('2026-12-02T19:30:00Z'), /2026, \d\d:[03]0$/);
  assert.equal(startText('whenever'), 'whenever');
});

for (const [sport, first] of [['soccer', 'home'], ['rugby', 'home'], ['handball', 'home'], ['cricket', 'home'], ['tennis', 'home'],
  ['basketball', 'away'], ['baseball', 'away'], ['hockey', 'away'], ['American-Football', 'away']])
  test(`${sport} names the ${first} side first`, () => assert.equal(inOrder(gameOf(sport))[0].side, first));

test('a score that there is not yet is not told as 0', () => {
  assert.equal(scoreText(gameOf('soccer')), 'São Paulo 1, Santos');
  assert.equal(shortText(gameOf('hockey')), 'SAN – São Paulo 1');
  assert.deepEqual([null, 0, -12].map(pointText), ['–', '0', '−12']);
});

for (const [sport, home, away, winner, behind] of [
  ['soccer', 2, 1, undefined, 'away'],
  ['soccer', 1, 2, undefined, 'home'],
  ['soccer', 1, 1, undefined, null],
  ['soccer', 1, null, undefined, null],
  ['soccer', 2, 2, 'home', 'away'],
  ['soccer', 2, 2, 'draw', null],
  ['golf', -12, -9, undefined, 'away'],
  ['golf', -9, -12, undefined, 'home'],
  ['tennis', 0, 1, 'home', 'away'],
])
  test(`${sport}, ${home} to ${away}, won by ${winner}: ${behind} is behind`, () =>
    assert.equal(trailing({ sport_category: sport, winner, scores: { score_home: home, score_away: away } }), behind));

test('sets stand beside the score, a shoot-out in brackets, and other periods in a line score', () => {
  const of = (sport_category, ...names) => ({ sport_category, scores: { periods: names.map(name => ({ name, home: 1, away: 0 })) } });
  const names = periods => periods.map(({ name }) => name);
  assert.deepEqual(names(setsOf(of('tennis', '1', '2'))), ['1', '2']);
  assert.deepEqual(lineScoreOf(of('tennis', '1', '2')), []);
  assert.deepEqual(names(lineScoreOf(of('soccer', '1H', '2H', 'ET', 'PEN'))), ['1H', '2H', 'ET']);
  assert.deepEqual(['PEN', 'SO', 'Shoot-out', 'penalties', 'Penalty shootout'].map(name => shootOutOf(of('hockey', '1', name)).name),
    ['PEN', 'SO', 'Shoot-out', 'penalties', 'Penalty shootout']);
  assert.equal(shootOutOf({ sport_category: 'soccer', scores: {} }), undefined);
});

test('a game that ends is shown for two minutes, with what is corrected meanwhile', () => {
  const finished = new FinishedGames();
  const final = { ...gameOf('soccer', 'FT', null), game_id: 'g', status: 'final' };
  const ended = { type: 'status_change', game_id: 'g', old_status: 'live', new_status: 'final', game: final };
  finished.take(ended, 1_000);
  finished.take({ ...ended, game_id: 'result', old_status: 'unplayed' }, 1_000);
  finished.take({ type: 'score_change', game_id: 'g', score_home: 3, score_away: 2, period: 'FT', clock: null }, 2_000);
  assert.deepEqual(finished.at(120_999).map(({ scores }) => [scores.score_home, scores.score_away]), [[3, 2]]);
  assert.equal(finished.nextIn(120_999), 1);
  assert.deepEqual([finished.at(121_000), finished.nextIn(121_000)], [[], null]);

  finished.take(ended, 1_000);
  finished.take({ ...ended, old_status: 'final', new_status: 'live', game: { ...final, status: 'live' } }, 2_000);
  assert.deepEqual(finished.at(2_000), []);
});

test('what was not confirmed for ten minutes is old since then', () => {
  const NOW = 1_800_000_000_000;
  const outcome = (name, seen) => ({ book: 'a', outcome: name, points: null, price: 100, seen });
  const moneyline = [outcome('home', NOW - 600_001), outcome('away', NOW - 600_000), outcome('draw')];
  const told = new Confirmations({ game: { seen: NOW - 700_000 }, markets: { moneyline } }, NOW);
  const since = (name, ts) => told.sincePrice({ market: 'moneyline', book: 'a', outcome: name, points: null, ts });

  assert.deepEqual(
    [since('home', NOW - 900_000), since('away', NOW - 900_000), since('draw', 1), since('other', 1), since('home', NOW - 1)],
    [NOW - 600_001, null, null, null, null]);
  assert.equal(told.sinceGame, NOW - 700_000);
});

test('a team without an abbreviation gets one', () => {
  const names = ['Ñublense', 'Novak Djokovic', 'AFC Ajax of Amsterdam', '—'];
  assert.deepEqual(names.map(name => badgeText({ name, abbreviation_pn: null })), ['ÑUB', 'ND', 'AAO', '']);
});

test('prices are American or decimal, and compare by what they pay', () => {
  assert.deepEqual([150, -200, 100, -100].map(decimalOf), [2.5, 1.5, 2, 2]);
  assert.deepEqual([150, -200].map(price => priceText(price, 'american')), ['+150', '−200']);
  assert.deepEqual([150, -110].map(price => priceText(price, 'decimal')), ['2.50', '1.91']);
  assert.deepEqual([pointsText(-1.5, true), pointsText(1.5, true), pointsText(220.5, false)], ['−1.5', '+1.5', '220.5']);
});

test('cards fill a wall with the largest type, and those of more than a screen are shared out over pages', () => {
  assert.deepEqual(layOut(1, 1920, 1080), { columns: 1, rows: 1, perPage: 1, pages: 1, size: 1080 / 11.5 });
  assert.deepEqual([2, 4, 9].map(cards => layOut(cards, 1920, 1080)).map(({ columns, rows }) => [columns, rows]), [[2, 1], [2, 2], [3, 3]]);
  assert.deepEqual([2, 6].map(cards => layOut(cards, 1080, 1920)).map(({ columns, rows }) => [columns, rows]), [[1, 2], [2, 3]]);
  assert.deepEqual(layOut(3, 0, 0), { columns: 1, rows: 1, perPage: 1, pages: 3, size: 0 });
  for (let cards = 1; cards < 200; cards++) {
    const { columns, rows, perPage, pages, size } = layOut(cards, 1920, 1080);
    assert.deepEqual(layOut(cards, 3840, 2160), { columns, rows, perPage, pages, size: 2 * size });
    assert.ok(size >= 1080 / 42 - 1e-9, `${cards} cards: ${size} px`);
    assert.ok(columns * rows >= perPage && columns * size * 17.5 <= 1920.001 && rows * size * 11.5 <= 1080.001, `${cards} cards fit`);
    assert.ok(perPage * pages >= cards && perPage * (pages - 1) < cards, `${cards} cards: no page is empty`);
  }
});
