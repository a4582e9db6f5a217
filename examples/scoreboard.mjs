// A scoreboard in the terminal: node scoreboard.mjs ws://127.0.0.1:8080/ws/live, with the key in PUSHNET_KEY
import { PushNetClient } from '../clients/js/pushnet-client.js';

const [url = 'ws://127.0.0.1:8080/ws/live'] = process.argv.slice(2);
const WebSocket = globalThis.WebSocket ?? (await import('ws')).WebSocket; // Before Node 22: npm install ws
const client = new PushNetClient(url, process.env.PUSHNET_KEY, { WebSocket });

const line = ({ pn_league_code, home_team, away_team, scores: { score_home, score_away, period, clock } }) =>
  [pn_league_code.padEnd(8), home_team.name, score_home ?? '', '-', score_away ?? '', away_team.name, period ?? '', clock ?? ''].join(' ');

function show() {
  const lines = [...client.board.games.values()].map(line).sort();
  if (process.stdout.isTTY) console.clear();
  console.log([client.error ?? `${lines.length} live games`, ...lines, ''].join('\n'));
}

client.addEventListener('frame', ({ detail: { type } }) => {
  if (type !== 'pong' && type !== 'welcome') show();
});
client.addEventListener('state', ({ detail: { state, error } }) => {
  if (error) show();
  if (state === 'unauthorized' || state === 'refused') process.exit(1);
});
client.connect();
