// How games are named and put in order. Pure.

/** @typedef {import('../pushnet-client.js').Game} Game */

export const NO_GAME = 'No game is live. Games appear here when they begin.';

/** By sport, league and name, which don't change while a game is live. @param {Game} a @param {Game} b */
export const byPlace = (a, b) => placeOf(a).localeCompare(placeOf(b));

const placeOf = game => [game.sport_category, game.pn_league_code, game.start_date, game.game_id].join('\n');

/** The two sides as the sport writes them: the home side first in soccer, else last. @param {Game} game */
export function inOrder(game) {
  const sides = [{ side: 'home', team: game.home_team }, { side: 'away', team: game.away_team }];
  return game.sport_category === 'soccer' ? sides : sides.reverse();
}

// What sports call their periods, where a source gives a bare number; others show it as it is.
const PERIODS = new Map([['basketball', 'Q'], ['football', 'Q'], ['hockey', 'P'], ['tennis', 'Set ']]);

/** @param {Game} game */
export function clockText({ sport_category, scores: { period, clock } }) {
  const part = /^\d+$/.test(period ?? '') ? `${PERIODS.get(sport_category) ?? ''}${period}` : period;
  if (sport_category === 'baseball') return [clock, part].filter(Boolean).join(' ');
  const minutes = sport_category === 'soccer' && /^\d+$/.test(clock ?? '') ? `${clock}′` : clock;
  return [part, minutes].filter(Boolean).join(' · ');
}

/** @param {Game} game */
export const leagueText = game => game.pn_league_code.replaceAll('-', ' ');

/** A few letters for a team: its abbreviation, else the initials of its name, or the beginning of a single word. @param {import('../pushnet-client.js').Team} team */
export function badgeText({ abbreviation_pn, name }) {
  if (abbreviation_pn) return abbreviation_pn;
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.flatMap(word => [...word].slice(0, words.length > 1 ? 1 : 3)).slice(0, 3).join('').toUpperCase();
}

/** A colour of its own for a team, as a hue in degrees. @param {import('../pushnet-client.js').Team} team */
export const hueOf = team => [...team.name].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)) % 9973, 7) * 137 % 360;

/** @param {Game} game */
export const scoreText = game => inOrder(game).map(({ side, team }) => `${team.name} ${game.scores[`score_${side}`] ?? 0}`).join(', ');

/** @param {Game} game */
export const shortText = game => inOrder(game).map(({ side, team }) => `${team.abbreviation_pn ?? team.name} ${game.scores[`score_${side}`] ?? 0}`).join(' – ');

/** @param {Game} game */
export const oddsAddress = game => `#/odds/${encodeURIComponent(game.game_id)}`;
