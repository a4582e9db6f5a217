// Clients of the real server, and what they hold.
import { WebSocket } from 'ws';
import { PushNetClient } from '../../clients/js/pushnet-client.js';
import { KEY } from './server.js';

export const PATIENCE_MS = 30_000;

/** Waits until a condition holds after an event of the client. */
export function until(client, condition, what = condition.toString()) {
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
export function clientOf(t, url, options = {}, key = KEY) {
  const client = new PushNetClient(url, key, { WebSocket, minDelayMs: 50, maxDelayMs: 500, ...options });
  t.after(() => client.close());
  client.connect();
  return client;
}

export const isOpen = client => () => client.state === 'open';

const told = ({ game_id, status, scores: { score_home, score_away, period, clock } }) =>
  ({ game_id, status, score_home, score_away, period, clock });
export const byId = games => [...games].map(told).sort((a, b) => (a.game_id < b.game_id ? -1 : 1));

export const heldPrices = client => [...client.board.prices]
  .flatMap(([id, prices]) => [...prices.values()]
    .filter(one => one.price !== null)
    .map(one => [id, one.market, one.book, one.outcome, one.points, one.price].join(' ')))
  .sort();

/** Connects another client and says what it holds at first. */
export async function pricesNow(t, url) {
  const other = clientOf(t, url);
  await until(other, isOpen(other));
  return heldPrices(other);
}
