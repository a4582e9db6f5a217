// The page's pure parts: how games and prices are written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badgeText, clockText, inOrder, scoreText, shortText } from '../../../PushNet.Web/wwwroot/scoreboard/games.js';
import { decimalOf, pointsText, priceText } from '../../../PushNet.Web/wwwroot/scoreboard/price.js';

const gameOf = (sport_category, period, clock) => ({
  sport_category,
  home_team: { name: 'São Paulo', abbreviation_pn: null },
  away_team: { name: 'Santos', abbreviation_pn: 'SAN' },
  scores: { score_home: 1, score_away: null, period, clock },
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

test('soccer names the home side first, other sports last', () => {
  assert.equal(scoreText(gameOf('soccer')), 'São Paulo 1, Santos 0');
  assert.equal(shortText(gameOf('hockey')), 'SAN 0 – São Paulo 1');
  assert.deepEqual(inOrder(gameOf('hockey')).map(({ team }) => badgeText(team)), ['SAN', 'SP']);
});

test('a team without an abbreviation gets one', () => {
  assert.deepEqual(['Ñublense', 'Novak Djokovic', 'AFC Ajax of Amsterdam', '—'].map(name => badgeText({ name, abbreviation_pn: null })), ['ÑUB', 'ND', 'AAO', '']);
});

test('prices are American or decimal, and compare by what they pay', () => {
  assert.deepEqual([150, -200, 100, -100].map(decimalOf), [2.5, 1.5, 2, 2]);
  assert.deepEqual([150, -200].map(price => priceText(price, 'american')), ['+150', '−200']);
  assert.deepEqual([150, -110].map(price => priceText(price, 'decimal')), ['2.50', '1.91']);
  assert.deepEqual([pointsText(-1.5, true), pointsText(1.5, true), pointsText(220.5, false)], ['−1.5', '+1.5', '220.5']);
});
