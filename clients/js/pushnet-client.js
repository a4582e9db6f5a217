/**
 * A client of PushNet for browsers and Node, without dependencies; copy it into your own project.
 *
 *     import { PushNetClient } from './pushnet-client.js';
 *
 *     const client = new PushNetClient('/ws/live', key);          // in Node: 'ws://127.0.0.1:8080/ws/live', and { WebSocket } from 'ws'
 *     client.addEventListener('frame', ({ detail }) => console.log(detail.type, client.board.games.size));
 *     client.addEventListener('state', ({ detail }) => console.log(detail.state, detail.error));
 *     client.connect();
 *
 * It follows the stream (`client.board` is right after every frame), notices a dead connection, connects again with growing,
 * random delays or when the server says, and stops where trying again would not help: a bad key, a bad address.
 *
 * @license Apache-2.0
 * @module
 */

/** @import { Frame, Game, Markets, PriceChangeFrame, ScoreChangeFrame, SnapshotFrame, StaleFeed } from './frames.d.ts' */
/** @import { Options, Price, State } from './pushnet-client.d.ts' */

/** What the server has told so far: the games and the prices. Pure; use it alone with a connection of your own. */
export class Board {
  /** The live games, by id; with `games=all` every game of the server's board. @type {Map<string, Game>} */
  games = new Map();

  /** By game id, and by outcome, the prices that are known. @type {Map<string, Map<string, Price>>} */
  prices = new Map();

  /** The number of the newest event that it has taken. Prices in an answer over HTTP with a smaller `seq` are older than these. */
  seq = 0;

  /** The events that the server said it dropped for this client. */
  dropped = 0;

  /**
   * The sources that the server has heard nothing of for too long: what is held of them may be old. Told only with `details=1`.
   * @type {StaleFeed[]}
   */
  staleFeeds = [];

  /** True while something was lost and has not come again, so that some of what is held may be old. */
  stale = false;

  #hasAllGames = false;
  #pricesInSnapshots = false;
  #isNew = true;
  #snapshotSeq = -1;
  #lostSeq = -1;

  /** The games that have ended or left the board. Prices of them that come late must not stay. */
  #ended = new Set();

  /** By game id, the `seq` up to which `markets` holds its prices. @type {Map<string, number>} */
  #marketsSeq = new Map();

  /** Takes the next frame, in order. Unknown types are ignored: there may be more of them one day. @param {Frame} frame */
  apply(frame) {
    switch (frame.type) {
      case 'welcome':
        // What is held stays until the snapshot, so that a page that shows it does not flicker.
        this.#hasAllGames = frame.games === 'all';
        this.#pricesInSnapshots = frame.prices === 'snapshot';
        this.#isNew = true;
        this.#lostSeq = -1;
        this.staleFeeds = []; // Those that are stale come after the snapshot.
        break;
      case 'snapshot':
        this.#startOver(frame);
        break;
      case 'new_game':
      case 'status_change':
        if (this.#hasAllGames || frame.game.scores.is_live) this.games.set(frame.game_id, frame.game);
        else this.games.delete(frame.game_id);
        if (frame.game.status === 'final' && !this.#hasAllGames) this.#end(frame.game_id);
        else this.#ended.delete(frame.game_id);
        break;
      case 'game_update':
        // If it is not live any more, the status_change that follows says so.
        if (this.#hasAllGames || frame.game.scores.is_live) this.games.set(frame.game_id, frame.game);
        break;
      case 'game_final':
        // This follows a status_change, which may have been lost.
        if (!this.#hasAllGames) this.#end(frame.game_id);
        break;
      case 'game_removed':
        this.#end(frame.game_id);
        break;
      case 'score_change': {
        const game = this.games.get(frame.game_id);
        if (game) this.games.set(frame.game_id, withScore(game, frame));
        break;
      }
      case 'markets':
        this.#marketsSeq.set(frame.game_id, frame.seq);
        this.prices.delete(frame.game_id);
        this.#fill(frame.game_id, frame.markets, frame.seq);
        break;
      case 'price_change':
        this.#move(frame);
        break;
      case 'feed':
        this.staleFeeds = frame.stale;
        break;
      case 'lagged':
        this.dropped += frame.dropped;
        // Lost prices come back in snapshots only where those have prices; otherwise one by one, as they move.
        if (this.#pricesInSnapshots || Object.keys(frame.dropped_by_type).some(type => type !== 'price_change'))
          this.#lostSeq = frame.seq;
        break;
    }
    // Merged prices may come late; what was lost is not in it.
    if (frame.type !== 'lagged' && 'seq' in frame) this.seq = Math.max(this.seq, frame.seq);
    this.stale = this.#lostSeq > this.#snapshotSeq;
  }

  /** @param {SnapshotFrame} snapshot */
  #startOver(snapshot) {
    this.#snapshotSeq = snapshot.seq;
    this.seq = 0; // A server that was restarted may count from 1 again.
    this.games.clear();
    if (this.#isNew || this.#pricesInSnapshots) {
      this.prices.clear();
      this.#marketsSeq.clear();
    }
    if (this.#isNew) this.#ended.clear();
    this.#isNew = false;
    for (const { markets, ...game } of snapshot.games) {
      this.games.set(game.game_id, game);
      this.#ended.delete(game.game_id);
      this.#fill(game.game_id, markets ?? {}, this.#snapshotSeq);
    }
  }

  /** @param {string} gameId */
  #end(gameId) {
    this.games.delete(gameId);
    this.prices.delete(gameId);
    this.#ended.add(gameId);
  }

  /** @param {string} gameId @param {Markets} markets @param {number} seq */
  #fill(gameId, markets, seq) {
    for (const [market, outcomes] of Object.entries(markets))
      for (const { book, outcome, points, price, ts, main = false } of outcomes)
        this.#set(gameId, { market, book, outcome, points, price, ts, main, seq });
  }

  /** @param {PriceChangeFrame} change */
  #move({ game_id, pn_market_type, book, outcome, points, new_price, reason, main = false, ts, seq }) {
    if (this.#ended.has(game_id)) return;
    const held = this.prices.get(game_id)?.get(outcomeKey(pn_market_type, book, outcome, points));
    // Merged prices (conflate=) may come after a snapshot that has them already, or after one that has no prices.
    const known = held?.seq ?? this.#marketsSeq.get(game_id) ?? (this.#pricesInSnapshots ? this.#snapshotSeq : -1);
    if (seq <= known) return;
    this.#set(game_id, { market: pn_market_type, book, outcome, points, price: new_price, ...(reason && { reason }), main, ts, seq });
  }

  /** @param {string} gameId @param {Price} price */
  #set(gameId, price) {
    let ofGame = this.prices.get(gameId);
    if (!ofGame) this.prices.set(gameId, ofGame = new Map());
    ofGame.set(outcomeKey(price.market, price.book, price.outcome, price.points), price);
  }
}

/**
 * The game after a `score_change`.
 * @param {Game} game @param {ScoreChangeFrame} change @returns {Game}
 */
export function withScore(game, { score_home, score_away, period, clock, periods }) {
  const { periods: before, ...scores } = game.scores;
  const isSame = score_home === scores.score_home && score_away === scores.score_away && JSON.stringify(periods) === JSON.stringify(before);
  // A play before the score changed is not the last one any more.
  const last_play = isSame ? scores.last_play : null;
  return { ...game, scores: { ...scores, score_home, score_away, period, clock, last_play, ...(periods && { periods }) } };
}

/**
 * A value for a key of a filter, such as `game` or `league`, as the query of the address needs it.
 * @param {string} value any id, code or name
 */
export const filterValue = value => encodeURIComponent(value.replace(/[\\,]|^\p{White_Space}|\p{White_Space}$/gu, '\\$&'));

/**
 * What names an outcome within its game.
 * @param {string} market @param {string} book @param {string} outcome @param {number|null} points
 */
export const outcomeKey = (market, book, outcome, points) => JSON.stringify([market, book, outcome, points]);

const SUB_PROTOCOL = 'pushnet.v1';
const WELL_FORMED_KEY = /^[A-Za-z0-9_-]{16,128}$/;
const POLICY_VIOLATION = 1008;
const REFUSED = [400, 403, 404, 405];
const ASK_TIMEOUT_MS = 10_000;
const LONGEST_ASKED_MS = 3_600_000;
const STREAM_SILENCE_MS = 30_000; // A comment comes every 15 s.
const UPGRADES_TO_FAIL = 2;

/** Reads server-sent events as if they came over a WebSocket. Not by EventSource, which sets no headers and hides refusals. */
class EventStream {
  onopen = () => {};
  onmessage = (/** @type {{ data: string }} */ _) => {};
  onclose = (/** @type {{ code: number, reason: string }} */ _) => {};
  onalive = () => {};
  #stop = new AbortController();

  /** @param {string} url @param {string} key @param {typeof fetch} get */
  constructor(url, key, get) {
    this.#read(url, key, get);
  }

  /** Comments come without being asked for, so there is nothing to say. */
  send() {}

  close() {
    this.#stop.abort();
  }

  /** @param {string} url @param {string} key @param {typeof fetch} get */
  async #read(url, key, get) {
    let end = { code: 1006, reason: '' };
    try {
      const headers = { Authorization: `Bearer ${key}`, Accept: 'text/event-stream' };
      const response = await get.call(globalThis, url, { headers, cache: 'no-store', signal: this.#stop.signal });
      if (response.status === 200 && response.body && response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
        this.onopen();
        end = await this.#follow(response.body.getReader()) ?? end;
      } else {
        this.close();
      }
    } catch {
      // The connection was lost, or was closed from here.
    }
    this.onclose(end);
  }

  /** @param {ReadableStreamDefaultReader<Uint8Array>} reader @returns {Promise<{ code: number, reason: string }|null>} */
  async #follow(reader) {
    const decoder = new TextDecoder();
    let pieces = [''];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return null;
      this.onalive();
      const text = decoder.decode(value, { stream: true });
      pieces.push(text);
      if (!text.includes('\n')) continue; // A large snapshot comes in many pieces.
      const events = pieces.join('').split('\n\n');
      pieces = [events.pop() ?? ''];
      for (const event of events) {
        const data = /^data: (.*)/m.exec(event)?.[1];
        if (data && event.startsWith('event: closed\n')) return JSON.parse(data);
        if (data) this.onmessage({ data });
      }
    }
  }
}

/**
 * A connection to a channel that is opened again whenever it is lost. Events: `state` (detail: `{ state, error }`) when `state`
 * changes, and `frame` (detail: the frame) for every frame, after the board has taken it.
 */
export class PushNetClient extends EventTarget {
  /** The key to connect with. A new key is used from the next `connect()` on. @type {string} */
  key;

  /** What the server has sent. It keeps its content while the connection is lost. */
  board = new Board();

  /** @type {State} */
  state = 'closed';

  /** A sentence that says why the connection is not open. @type {string|null} */
  error = null;

  /** While waiting: when it connects again, in milliseconds as of `Date.now()`. @type {number|null} */
  retryAt = null;

  /** The round-trip time of the last ping, in milliseconds. @type {number|null} */
  roundTripMs = null;

  /** How far the server's clock is ahead of this one, in milliseconds, as the last ping found it. */
  clockOffsetMs = 0;

  #url;
  #options;
  #streamUrl;
  /** @type {WebSocket|EventStream|null} */ #socket = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #retry;
  /** @type {ReturnType<typeof setInterval>|undefined} */ #pulse;
  /** @type {AbortController|null} */ #question = null;
  /** @type {number|null} */ #afterMs = null;
  #failures = 0;
  #upgradesFailed = 0;
  #pingedAt = 0;
  #heard = true;
  #opened = false;

  /**
   * @param {string} url of a channel with its query, but without the key, for instance `/ws/odds?game=g-7&prices=snapshot`;
   * in browsers it may be relative to the page
   * @param {string} key
   * @param {Options} [options]
   */
  constructor(url, key, options = {}) {
    super();
    const address = new URL(url, globalThis.location?.href);
    address.protocol = address.protocol.replace('http', 'ws');
    if (options.transport !== 'sse' && !(options.WebSocket ?? globalThis.WebSocket))
      throw new Error('there is no WebSocket here: npm install ws, import { WebSocket } from it, and pass { WebSocket } as third argument');
    this.#url = address.href;
    address.pathname = address.pathname.replace(/\/ws\/(?=[^/]*$)/, '/sse/');
    this.#streamUrl = address.href.replace('ws', 'http');
    this.key = key;
    this.#options = {
      WebSocket: globalThis.WebSocket,
      fetch: globalThis.fetch,
      transport: /** @type {'auto'|'websocket'|'sse'} */ ('auto'),
      minDelayMs: 1_000,
      maxDelayMs: 30_000,
      pingIntervalMs: 10_000,
      ...options,
    };
  }

  /** Connects now. A client that is waiting does not wait any longer. */
  connect() {
    this.#drop();
    this.#afterMs = null;
    if (!WELL_FORMED_KEY.test(this.key)) return this.#enter('unauthorized', 'a key is 16 to 128 characters of A-Z a-z 0-9 _ -');
    this.#enter('connecting');
    const socket = this.#open();
    this.#socket = socket;
    this.#opened = false;
    socket.onopen = () => {
      if (this.#socket !== socket) return;
      this.#opened = true;
      if (!(socket instanceof EventStream)) this.#upgradesFailed = 0;
      this.#watch();
      this.#ping();
    };
    if (socket instanceof EventStream) socket.onalive = () => { if (this.#socket === socket) this.#heard = true; };
    else socket.onerror = () => {}; // A close follows, always; only without a listener would Node's `ws` throw.
    socket.onmessage = (/** @type {{ data: string }} */ { data }) => {
      if (this.#socket === socket) this.#take(JSON.parse(data));
    };
    socket.onclose = (/** @type {{ code: number, reason: string }} */ { code, reason }) => {
      if (this.#socket === socket) this.#ended(code, reason);
    };
    this.#watch();
  }

  /** @returns {WebSocket|EventStream} */
  #open() {
    const { transport, WebSocket, fetch } = this.#options;
    if (transport === 'sse' || (transport === 'auto' && this.#upgradesFailed >= UPGRADES_TO_FAIL))
      return new EventStream(this.#streamUrl, this.key, fetch);
    // The key goes as a sub-protocol, because browsers can't set headers and addresses end up in logs.
    return /** @type {WebSocket} */ (new WebSocket(this.#url, [SUB_PROTOCOL, `key.${this.key}`]));
  }

  /** Disconnects, and does not connect again by itself. */
  close() {
    this.#drop();
    this.#enter('closed');
  }

  /** Forgets the connection, and whatever was planned. */
  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    clearTimeout(this.#retry);
    clearInterval(this.#pulse);
    this.#question?.abort();
    this.#question = null;
    socket?.close();
  }

  /** @param {Frame} frame */
  #take(frame) {
    this.#heard = true;
    this.board.apply(frame);
    if (frame.type === 'snapshot') {
      this.#failures = 0;
      this.#enter('open');
    } else if (frame.type === 'pong') {
      this.roundTripMs = performance.now() - this.#pingedAt;
      this.clockOffsetMs = frame.ts + this.roundTripMs / 2 - Date.now();
    } else if (frame.type === 'reconnect') {
      this.#afterMs = frame.after_ms;
    }
    this.#tell('frame', frame);
  }

  #watch() {
    this.#heard = false;
    clearInterval(this.#pulse);
    const interval = this.#socket instanceof EventStream ? STREAM_SILENCE_MS : this.#options.pingIntervalMs;
    this.#pulse = setInterval(() => this.#beat(), interval);
  }

  /** Browsers hide the server's Pings, so the client asks: a network that is gone tells nobody. */
  #beat() {
    if (this.#heard) {
      this.#ping();
    } else if (!this.#opened && this.#options.transport === 'auto') {
      // A proxy may swallow an upgrade.
      this.#ended(0, '');
    } else {
      this.#drop();
      this.#wait(this.#afterMs, 'the server went silent');
    }
  }

  #ping() {
    this.#heard = false;
    this.#pingedAt = performance.now();
    this.#socket?.send('{"type":"ping"}');
  }

  /** @param {number} code @param {string} reason */
  #ended(code, reason) {
    const isStream = this.#socket instanceof EventStream;
    this.#drop();
    if (!this.#opened) {
      // Where streams fail as well, it was not the upgrade.
      this.#upgradesFailed = isStream ? 0 : this.#upgradesFailed + 1;
    }
    if (!this.#opened || code === POLICY_VIOLATION) {
      this.#askWhy();
    } else {
      this.#wait(this.#afterMs, reason || (code === 1012 ? 'the server restarts' : 'the connection was lost'));
    }
  }

  /** Browsers don't tell the status of a handshake that failed. The same address tells it when it is asked over HTTP. */
  async #askWhy() {
    const question = this.#question = new AbortController();
    this.#enter('connecting');
    const timeout = setTimeout(() => question.abort(), ASK_TIMEOUT_MS);
    const { status, error, retryAfterMs } = await this.#ask(question.signal);
    clearTimeout(timeout);
    if (this.#question !== question) return;
    // Only one that could have gone well speaks against upgrades.
    if (status !== 426) this.#upgradesFailed = 0;
    if (status === 401) this.#enter('unauthorized', error);
    else if (REFUSED.includes(status)) this.#enter('refused', error);
    else if (status === 429 || status === 503) this.#wait(retryAfterMs, error);
    else this.#wait(null, status === 426 ? 'the connection failed' : error); // 426: nothing is against it now.
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<{ status: number, error: string, retryAfterMs?: number }>} status 0: there was no answer
   */
  async #ask(signal) {
    try {
      const response = await this.#options.fetch.call(globalThis, this.#url.replace('ws', 'http'), {
        headers: { Authorization: `Bearer ${this.key}` },
        cache: 'no-store',
        signal,
      });
      const body = await response.json().catch(() => null);
      // A proxy may answer with JSON of its own, with other types in fields of the same names.
      const error = typeof body?.error === 'string' ? body.error : `the server answers ${response.status}`;
      const isTime = Number.isInteger(body?.retry_after_ms) && body.retry_after_ms > 0;
      const [seconds] = /^\d+$/.exec(response.headers.get('Retry-After') ?? '') ?? [];
      const retryAfterMs = isTime ? body.retry_after_ms : Number(seconds) * 1_000 || undefined;
      return { status: response.status, error, retryAfterMs };
    } catch {
      return { status: 0, error: 'the server does not answer' };
    }
  }

  /** @param {number|null|undefined} askedMs what the server asked for @param {string} error */
  #wait(askedMs, error) {
    const delayMs = askedMs == null ? this.#backOff() : Math.min(askedMs, LONGEST_ASKED_MS);
    this.#retry = setTimeout(() => this.connect(), delayMs);
    this.retryAt = Date.now() + delayMs;
    this.#enter('waiting', error);
  }

  /** A random wait over a span that doubles with each failure, so that clients that were cut off together don't come back together. */
  #backOff() {
    const { minDelayMs, maxDelayMs } = this.#options;
    const span = Math.min(maxDelayMs, minDelayMs * 2 ** ++this.#failures) - minDelayMs;
    return minDelayMs + Math.random() * Math.max(0, span);
  }

  /** @param {State} state @param {string|null} [error] */
  #enter(state, error = null) {
    if (this.state === state && this.error === error && state !== 'waiting') return;
    this.state = state;
    this.error = error;
    if (state !== 'waiting') this.retryAt = null;
    this.#tell('state', { state, error });
  }

  /** @param {string} type @param {object} detail */
  #tell(type, detail) {
    this.dispatchEvent(Object.assign(new Event(type), { detail })); // A CustomEvent, which Node 18 does not have.
  }
}
