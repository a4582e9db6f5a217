// When what is shown was last confirmed, which the server tells over HTTP only.

import { outcomeKey } from '../pushnet-client.js';

const ASK_EVERY_MS = 60_000;
const OLD_MS = 600_000;

/** A time of day. @param {number} ms in milliseconds as of `Date.now()` */
export const timeText = ms => new Date(ms).toLocaleTimeString('en', { timeStyle: 'short', hourCycle: 'h23' });

/** What the server said of one game, and when. Pure. */
export class Confirmations {
  #at;
  /** @type {number|undefined} */ #game;
  /** @type {Map<string, number>} */ #outcomes = new Map();

  /** @param {object} answer to `/v1/games/{id}?seen=1` @param {number} at the server's time then */
  constructor({ game, markets }, at) {
    this.#at = at;
    this.#game = game.seen;
    for (const [market, outcomes] of Object.entries(markets))
      for (const { book, outcome, points, seen } of outcomes) this.#outcomes.set(outcomeKey(market, book, outcome, points), seen);
  }

  /**
   * When a price was last confirmed, if that was too long before the question; otherwise null.
   * @param {import('../pushnet-client.js').Price} price
   */
  sincePrice({ market, book, outcome, points, ts }) {
    const seen = this.#outcomes.get(outcomeKey(market, book, outcome, points));
    return seen == null ? null : this.#ifOld(Math.max(seen, ts));
  }

  /** When the game was last confirmed, if that was too long before the question; otherwise null. */
  get sinceGame() {
    return this.#game == null ? null : this.#ifOld(this.#game);
  }

  #ifOld(seen) {
    return this.#at - seen > OLD_MS ? seen : null;
  }
}

/**
 * Asks every now and then, until it is stopped.
 * @param {import('../pushnet-client.js').PushNetClient} client @param {string} gameId @param {(confirmations: Confirmations) => void} tell
 * @returns {() => void} stops it
 */
export function watchSeen(client, gameId, tell) {
  const ask = async () => {
    if (client.state !== 'open') return;
    const response = await fetch(`v1/games/${encodeURIComponent(gameId)}?seen=1`, {
      headers: { Authorization: `Bearer ${client.key}` },
      cache: 'no-store',
    }).catch(() => null);
    // A failed question does not make anything old.
    if (response?.ok) tell(new Confirmations(await response.json(), Date.now() + client.clockOffsetMs));
  };
  const timer = setInterval(ask, ASK_EVERY_MS);
  client.addEventListener('state', ask);
  return () => {
    clearInterval(timer);
    client.removeEventListener('state', ask);
  };
}
