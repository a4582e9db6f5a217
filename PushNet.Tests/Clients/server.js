// The real server as a process of its own, and what feeds it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export const KEY = 'node-key-with-every-scope';

/** A port that is free now, for a server that is to come back at the same address. */
export async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  listener.close();
  return port;
}

export class Server {
  /** Starts a server and waits until it listens. @param {number} port @param {Record<string, string>} settings */
  static async start(port, settings = {}) {
    const process_ = spawn('dotnet', [process.env.PUSHNET_SERVER], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        ASPNETCORE_URLS: `http://127.0.0.1:${port}`,
        PushNet__Data__Directory: '',
        PushNet__Operator__Url: '',
        PushNet__ApiKeys__0__Name: 'all',
        PushNet__ApiKeys__0__Key: KEY,
        PushNet__ApiKeys__0__Scopes: 'live,odds,ingest',
        ...settings,
      },
    });
    const server = new Server(process_, port);
    for await (const line of createInterface(process_.stdout)) if (line.startsWith('PushNet listens on')) break;
    process_.stdout.resume();
    return server;
  }

  constructor(process_, port) {
    this.process = process_;
    this.port = port;
  }

  address(channel, query = '') {
    return `ws://127.0.0.1:${this.port}/ws/${channel}${query}`;
  }

  signal(name) {
    this.process.kill(name);
  }

  async stop(name = 'SIGKILL') {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exit = once(this.process, 'exit');
    this.process.kill(name);
    await exit;
  }

  /** Sends observations; fails when one was rejected. */
  async ingest(...observations) {
    const response = await fetch(`http://127.0.0.1:${this.port}/v1/ingest`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/x-ndjson' },
      body: observations.map(one => JSON.stringify(one)).join('\n'),
    });
    const summary = await response.json();
    if (!response.ok || summary.rejected > 0) throw new Error(JSON.stringify(summary));
  }

  async liveGames() {
    const response = await fetch(`http://127.0.0.1:${this.port}/v1/games/live`, { headers: { Authorization: `Bearer ${KEY}` } });
    return (await response.json()).games;
  }
}

export const game = (id, home = 0, away = 0, status = 'live', clock = '10') => ({
  type: 'game',
  game_id: id,
  pn_league_code: 'mls',
  sport_category: 'soccer',
  start_date: '2026-01-01T00:00:00Z',
  status,
  home_team: { name: `Home of ${id}` },
  away_team: { name: `Away of ${id}` },
  scores: { score_home: home, score_away: away, period: '1H', clock },
});

export const price = (id, value, { book = 'pinnacle', outcome = 'home', market = 'moneyline', points = null } = {}) =>
  ({ type: 'price', game_id: id, pn_market_type: market, book, outcome, points, price: value });
