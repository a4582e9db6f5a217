// Plays every scenario of a server with the client of clients/js, and prints what became of each, in order.
import { WebSocket } from 'ws';
import { PushNetClient } from '../../clients/js/pushnet-client.js';

const KEY = 'key-of-the-scenarios';
const PATIENCE_MS = 10_000; // A client that waits longer is closed.
const [authority] = process.argv.slice(2);

const order = ({ game_id, market, book, outcome, points }) => JSON.stringify([game_id, market, book, outcome, points]);
const boardOf = ({ games, prices, seq, dropped, stale, staleFeeds }) => ({
  games: [...games.values()].sort((a, b) => (a.game_id < b.game_id ? -1 : 1)),
  prices: [...prices].flatMap(([game_id, ofGame]) => [...ofGame.values()].map(price => ({ game_id, ...price })))
    .sort((a, b) => (order(a) < order(b) ? -1 : 1)),
  seq,
  dropped,
  stale,
  stale_feeds: staleFeeds,
});

function play({ key, ping_ms, scheme }, number) {
  return new Promise(resolve => {
    const [states, waits, pauses, boards] = [[], [], [], []];
    // A wait is told of after its timer has started, so pauses count from what comes before: a close, or an answer over HTTP.
    let since;
    class Closing extends WebSocket {
      close(...why) {
        // `ws` calls it as well, when the server answers.
        if (this.readyState !== WebSocket.CLOSING) since = performance.now();
        super.close(...why);
      }
    }
    const fetchTimed = (...asked) => fetch(...asked).finally(() => since = performance.now());
    const client = new PushNetClient(`${scheme ?? 'ws'}://${authority}/ws/odds?scenario=${number}`, key ?? KEY, {
      WebSocket: Closing, fetch: fetchTimed, transport: 'websocket', minDelayMs: 40, maxDelayMs: 200, pingIntervalMs: ping_ms ?? 10_000,
    });
    client.addEventListener('state', ({ detail: { state, error } }) => {
      if (state === 'connecting' && states.at(-1)?.startsWith('waiting')) pauses.push(performance.now() - since);
      states.push(error ? `${state}: ${error}` : state);
      if (state === 'waiting' && waits.push(client.retryAt - Date.now()) && waits.at(-1) > PATIENCE_MS) client.close();
      if (['unauthorized', 'refused', 'closed'].includes(state)) resolve({ states, waits, pauses, boards });
    });
    client.addEventListener('frame', ({ detail: { type } }) => {
      if (type === 'check' || type === 'end') boards.push(boardOf(client.board));
      if (type === 'end') client.close();
    });
    client.connect();
  });
}

const scenarios = await (await fetch(`http://${authority}/scenarios`)).json();
for (const told of await Promise.all(scenarios.map(play))) console.log(JSON.stringify(told));
process.exit(); // Connections for fetch are kept for a while.
