// How games are named and put in order. Pure.

import { isHomeFirst, isLowestLeading, periodText } from './sports.js';

/** @typedef {import('../pushnet-client.js').Game} Game */

export const NO_GAME = 'No game is live. Games appear here when they begin.';

/** Orders by sport, league and start, which seldom change while a game is live. @param {Game} a @param {Game} b */
export const byPlace = (a, b) => placeOf(a).localeCompare(placeOf(b));

const placeOf = game => [game.sport_category, game.pn_league_code, game.start_date, game.game_id].join('\n');

/** The two sides, in the order in which the sport writes them. @param {Game} game */
export function inOrder(game) {
  const sides = [{ side: 'home', team: game.home_team }, { side: 'away', team: game.away_team }];
  return isHomeFirst(game.sport_category) ? sides : sides.reverse();
}

/** The side that is behind, or has lost; null when none is. @param {Game} game @returns {'home'|'away'|null} */
export function trailing({ sport_category, winner, scores: { score_home, score_away } }) {
  if (winner) return { home: 'away', away: 'home', draw: null }[winner] ?? null;
  if (score_home === null || score_away === null || score_home === score_away) return null;
  return score_home < score_away === isLowestLeading(sport_category) ? 'away' : 'home';
}

/** How far along a game is, or what has become of it. @param {Game} game */
export function clockText(game) {
  const detail = game.status_detail && game.status_detail[0].toUpperCase() + game.status_detail.slice(1);
  if (game.status === 'unplayed') return [detail, startText(game.start_date)].filter(Boolean).join(' · ');
  const clock = game.status === 'final' ? '' : playedText(game);
  return [game.status === 'final' && !NEVER_ENDED.includes(game.status_detail) ? 'Final' : '', detail, clock].filter(Boolean).join(' · ');
}

// These words say by themselves that a game is over.
const NEVER_ENDED = ['abandoned', 'cancelled', 'postponed', 'suspended', 'delayed'];

function playedText({ sport_category, scores: { period, clock } }) {
  const part = periodText(sport_category, period);
  if (sport_category === 'baseball') return [clock, part].filter(Boolean).join(' ');
  const minutes = sport_category === 'soccer' && /^\d+$/.test(clock ?? '') ? `${clock}′` : clock;
  return [part, minutes].filter(Boolean).join(' · ');
}

/** A date alone is a day in UTC and has no time to show. @param {string} start a `start_date` */
export function startText(start) {
  const at = new Date(start);
  if (Number.isNaN(at.getTime())) return start;
  return /^\d{4}-\d\d-\d\d$/.test(start) ? at.toLocaleDateString('en', { dateStyle: 'medium', timeZone: 'UTC' })
    : at.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
}

/** @param {Game} game */
export const leagueText = game => game.pn_league_code.replaceAll('-', ' ');

/**
 * A few letters for a team: its abbreviation, otherwise the initials of its name, or the beginning of a single word.
 * @param {import('../pushnet-client.js').Team} team
 */
export function badgeText({ abbreviation_pn, name }) {
  if (abbreviation_pn) return abbreviation_pn;
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.flatMap(word => [...word].slice(0, words.length > 1 ? 1 : 3)).slice(0, 3).join('').toUpperCase();
}

/** A color of its own for a team, as a hue in degrees. @param {import('../pushnet-client.js').Team} team */
export const hueOf = team => [...team.name].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)) % 9973, 7) * 137 % 360;

/** A score as people read it, with a real minus sign; a dash when there is none. @param {number|null} score */
export const pointText = score => (score === null || score === undefined ? '–' : `${score}`.replace('-', '−'));

/** @param {Game} game */
export const scoreText = game => sidesText(game, team => team.name, ', ');

/** @param {Game} game */
export const shortText = game => sidesText(game, team => team.abbreviation_pn ?? team.name, ' – ');

const sidesText = (game, nameOf, between) => inOrder(game).map(({ side, team }) => {
  const score = game.scores[`score_${side}`];
  return score === null ? nameOf(team) : `${nameOf(team)} ${pointText(score)}`;
}).join(between);

/** @param {Game} game */
export const oddsAddress = game => `#/odds/${encodeURIComponent(game.game_id)}`;
