// The games that ended a short while ago, which a board of live games no longer holds.

import { withScore } from '../pushnet-client.js';

/** @typedef {import('../pushnet-client.js').Game} Game */

const STAY_MS = 120_000;

/** Pure: the time is passed in. */
export class FinishedGames {
  /** @type {Map<string, { game: Game, until: number }>} */ #games = new Map();

  /** @param {import('../pushnet-client.js').Frame} frame @param {number} now in milliseconds */
  take(frame, now) {
    const held = this.#games.get(frame.game_id);
    switch (frame.type) {
      case 'status_change':
      case 'game_update':
        if (frame.game.status !== 'final') this.#games.delete(frame.game_id);
        else if (frame.old_status === 'live') this.#games.set(frame.game_id, { game: frame.game, until: now + STAY_MS });
        else if (held) held.game = frame.game;
        break;
      case 'score_change':
        if (held) held.game = withScore(held.game, frame);
        break;
    }
  }

  /** Those that are still to be shown. @param {number} now @returns {Game[]} */
  at(now) {
    for (const [id, { until }] of this.#games) if (until <= now) this.#games.delete(id);
    return [...this.#games.values()].map(({ game }) => game);
  }

  /** Milliseconds until the next one leaves; null when none is here. @param {number} now @returns {number|null} */
  nextIn(now) {
    const untils = [...this.#games.values()].map(({ until }) => until);
    return untils.length > 0 ? Math.max(0, Math.min(...untils) - now) : null;
  }
}
