// The score by periods: what stands beside the score, and what in a table of its own. Pure.

import { isInSets } from './sports.js';

/** @typedef {import('../pushnet-client.js').Game} Game */
/** @typedef {import('../pushnet-client.js').Period} Period */

const SHOOT_OUT = /^(p|pen|pens|penalty|penalties|so|pso|(penalty )?shoot-?out)$/;

const isShootOut = period => SHOOT_OUT.test(period.name.trim().toLowerCase());

/** @param {Game} game @returns {Period[]} */
const ofPlay = game => (game.scores.periods ?? []).filter(period => !isShootOut(period));

/** The sets, which stand side by side. @param {Game} game */
export const setsOf = game => (isInSets(game.sport_category) ? ofPlay(game) : []);

/** The quarters, halves or innings, which make the line score. @param {Game} game */
export const lineScoreOf = game => (isInSets(game.sport_category) ? [] : ofPlay(game));

/** @param {Game} game @returns {Period|undefined} */
export const shootOutOf = game => game.scores.periods?.findLast(isShootOut);
