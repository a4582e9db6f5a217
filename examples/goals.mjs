// A push notification at each goal: node goals.mjs ws://127.0.0.1:8080/ws/live?sport=soccer https://ntfy.sh/YOUR-TOPIC
// It posts the text to the last address, as ntfy and many chat services take it. The key comes from PUSHNET_KEY.
import { PushNetClient } from '../clients/js/pushnet-client.js';

const [url, hook] = process.argv.slice(2);
if (!hook) throw new Error('say where to listen and where to post: node goals.mjs ws://127.0.0.1:8080/ws/live https://ntfy.sh/YOUR-TOPIC');
const WebSocket = globalThis.WebSocket ?? (await import('ws')).WebSocket; // Before Node 22: npm install ws
const client = new PushNetClient(url, process.env.PUSHNET_KEY, { WebSocket });

/** The goals of both sides, by game, as they were before the frame. */
let goals = new Map();
const countGoals = () => new Map([...client.board.games].map(([id, { scores }]) => [id, scores.score_home + scores.score_away]));

client.addEventListener('frame', async ({ detail: { type, game_id } }) => {
  const before = goals;
  goals = countGoals();
  // Goals of a time without connection come with a snapshot, so they are not news.
  if (type !== 'score_change' || !(goals.get(game_id) > before.get(game_id))) return;
  const { home_team, away_team, scores } = client.board.games.get(game_id);
  const clock = scores.clock ? `, ${scores.clock}'` : '';
  const body = `Goal! ${home_team.name} ${scores.score_home} - ${scores.score_away} ${away_team.name}${clock}`;
  try {
    const { status } = await fetch(hook, { method: 'POST', body });
    console.log(body, status);
  } catch (failure) {
    console.log(body, 'was not posted:', failure.cause?.message ?? failure.message);
  }
});
client.addEventListener('state', ({ detail: { state, error } }) => console.log(state, error ?? ''));
client.connect();
