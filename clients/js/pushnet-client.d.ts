import type { Frame, Game, ScoreChangeFrame, StaleFeed } from './frames.js';

export * from './frames.js';

/** The offer of one book on one outcome. */
export interface Price {
  market: string;
  book: string;
  outcome: string;
  points: number | null;
  /** American odds; null: withdrawn. */
  price: number | null;
  /** Why it was withdrawn. */
  reason?: 'suspended' | 'settled';
  /** True for the main line of several. */
  main: boolean;
  /** When it was made, in milliseconds since 1970. */
  ts: number;
  seq: number;
}

/** What the server has told, folded: the games and the prices. Pure; use it alone with a connection of your own. */
export class Board {
  /** The live games, by id; with `games=all` every game of the server's board. */
  games: Map<string, Game>;
  /** By game id, and by outcome, the prices that are known. */
  prices: Map<string, Map<string, Price>>;
  /** The number of the newest event that is in it. Of an answer over HTTP, prices of a smaller `seq` are older than what is here. */
  seq: number;
  /** The events that the server said it dropped for this client. */
  dropped: number;
  /** The sources that the server has heard nothing of for too long: what is held of them may be old. Told only with `details=1`. */
  staleFeeds: StaleFeed[];
  /** True while something was lost and has not come again: some of what is held may be old. */
  stale: boolean;
  /** Takes the next frame, in order. Unknown types are ignored: there may be more of them one day. */
  apply(frame: Frame): void;
}

/**
 * - `connecting`: the connection is being opened
 * - `open`: the snapshot has come, and changes follow
 * - `waiting`: connects again by itself, at `retryAt`
 * - `unauthorized`: stopped; the key is missing, wrong, revoked or expired, or lacks the scope. Set `key`, then `connect()`
 * - `refused`: stopped; the query or the address is wrong, or the page may not connect
 * - `closed`: not connected yet, or stopped by `close()`
 */
export type State = 'connecting' | 'open' | 'waiting' | 'unauthorized' | 'refused' | 'closed';

export interface Options {
  /** The class to connect with; default: the platform's own. */
  WebSocket?: new (url: string, protocols: string[]) => { send(text: string): void; close(): void };
  /** For asking why a connection failed, and for server-sent events; default: the platform's own. */
  fetch?: typeof fetch;
  /**
   * How to connect: over WebSockets, by server-sent events below `/sse`, or by `auto`, the default: over WebSockets, until two upgrades in
   * a row have failed although the server answers over HTTP; then by server-sent events, as long as these work.
   */
  transport?: 'auto' | 'websocket' | 'sse';
  /** The shortest wait before connecting again, in milliseconds; default 1,000. */
  minDelayMs?: number;
  /** The longest; default 30,000. A delay that the server asks for is kept, up to an hour. */
  maxDelayMs?: number;
  /**
   * How often to ask for a sign of life over a WebSocket, in milliseconds; default 10,000. A connection that stays silent for as long
   * after that, or takes as long to open, is given up.
   */
  pingIntervalMs?: number;
}

/** An event whose `detail` is known. */
export interface PushNetEvent<T> extends Event {
  readonly detail: T;
}

export interface PushNetEvents {
  /** Every frame, after the board has taken it. */
  frame: PushNetEvent<Frame>;
  /** `state` has changed, or another wait has begun. */
  state: PushNetEvent<{ state: State; error: string | null }>;
}

/** A connection to a channel that is opened again whenever it is lost. */
export class PushNetClient extends EventTarget {
  /**
   * @param url of a channel with its query, but without the key, for instance `/ws/odds?game=g-7&prices=snapshot`; in browsers
   *   relative to the page
   * @throws Error if the platform has no `WebSocket`, the options name none, and `transport` is not `sse`
   */
  constructor(url: string, key: string, options?: Options);
  /** The key to connect with. A new key is used from the next `connect()` on. */
  key: string;
  /** What the server has sent. It keeps its content while the connection is lost. */
  board: Board;
  state: State;
  /** A sentence that says why the connection is not open. */
  error: string | null;
  /** While waiting: when it connects again, as `Date.now()` counts. */
  retryAt: number | null;
  /** The round-trip time of the last ping, in milliseconds; null without a WebSocket. */
  roundTripMs: number | null;
  /** How far the server's clock is ahead of this one, in milliseconds, as the last ping found it. */
  clockOffsetMs: number;
  /** Connects now. A client that is waiting does not wait any longer. */
  connect(): void;
  /** Disconnects, and stays so. */
  close(): void;
  addEventListener<K extends keyof PushNetEvents>(
    type: K, listener: (event: PushNetEvents[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(
    type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof PushNetEvents>(
    type: K, listener: (event: PushNetEvents[K]) => void, options?: boolean | EventListenerOptions): void;
  removeEventListener(
    type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
}

/** The game after a `score_change`. */
export function withScore(game: Game, change: ScoreChangeFrame): Game;

/** A value for a key of a filter, such as `game` or `league`, as the query of the address needs it. */
export function filterValue(value: string): string;

/** What names an outcome within its game: the key of its price in `board.prices`. */
export function outcomeKey(market: string, book: string, outcome: string, points: number | null): string;
