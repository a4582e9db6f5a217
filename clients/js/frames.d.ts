// Written from /asyncapi.json by ClientTypesTests. What the server sends: docs/protocol.md explains it.

/** One side of a game. */
export interface Team {
  /** Full name. */
  name: string;
  /** City. */
  city: string | null;
  /** Nickname. */
  mascot: string | null;
  /** Short code. */
  abbreviation_pn: string | null;
  /** Address of a logo. */
  logo: string | null;
}

/** The score of one quarter, half, inning, set or shoot-out. */
export interface PeriodScore {
  /** As the source wrote it. */
  name: string;
  /** Points of the home side in it. */
  home: number | null;
  /** Points of the visitors in it. */
  away: number | null;
}

/** The score and what surrounds it. */
export interface Scores {
  /** The game's status, capitalized. */
  status: 'Unplayed' | 'Live' | 'Final';
  /** Points of the home side. */
  score_home: number | null;
  /** Points of the visitors. */
  score_away: number | null;
  /** Period: 2H, 3. */
  period: string | null;
  /** Clock: 94, 03:42. */
  clock: string | null;
  /** True while the game is being played. */
  is_live: boolean;
  /** As the source wrote it. */
  last_play: string | null;
  /** As the source wrote it. */
  current_down_and_distance: string | null;
  /** As the source wrote it. */
  weather: string | null;
  /** As the source wrote it. */
  weather_temp: string | null;
  /** As the source wrote it. */
  weather_temp_high: string | null;
  /** As the source wrote it. */
  home_starter: string | null;
  /** As the source wrote it. */
  away_starter: string | null;
  /** The score by period, in order. */
  periods?: PeriodScore[];
}

/** A game. */
export interface Game {
  /** The feed's id of the game. */
  game_id: string;
  /** Readable id: {league}-{away}-{home}-{date}. */
  pn_slug: string | null;
  /** League code. */
  pn_league_code: string;
  /** Sport. */
  sport_category: string;
  /** Scheduled start, ISO 8601 in UTC. */
  start_date: string;
  /** Where the game is in its life. */
  status: 'unplayed' | 'live' | 'final';
  /** Stadium or hall. */
  venue: string | null;
  /** Who broadcasts it. */
  broadcast: string | null;
  home_team: Team;
  away_team: Team;
  scores: Scores;
  /** What has become of a game that does not go as planned. */
  status_detail?: 'postponed' | 'delayed' | 'suspended' | 'abandoned' | 'cancelled' | 'awarded' | 'walkover' | 'retired';
  /** Who won. */
  winner?: 'home' | 'away' | 'draw';
  /** When a source confirmed it last; over HTTP and with seen=1 only, in milliseconds since 1970. */
  seen?: number;
}

/** The price of an outcome. */
export interface Outcome {
  /** The bookmaker. */
  book: string;
  /** The side, or the player. */
  outcome: string;
  /** American odds. */
  price: number;
  /** Handicap or total. */
  points: number | null;
  /** The player's id. */
  player_id: string | null;
  /** When the price became what it is, in milliseconds since 1970. */
  ts: number;
  /** True when it is of the main line among many. */
  main?: boolean;
  /** When a source confirmed it last; over HTTP and with seen=1 only, in milliseconds since 1970. */
  seen?: number;
}

/** By market type, the outcomes that have a price. */
export type Markets = Record<string, Outcome[]>;

/** A game of a snapshot. */
export interface SnapshotGame {
  /** The feed's id of the game. */
  game_id: string;
  /** Readable id: {league}-{away}-{home}-{date}. */
  pn_slug: string | null;
  /** League code. */
  pn_league_code: string;
  /** Sport. */
  sport_category: string;
  /** Scheduled start, ISO 8601 in UTC. */
  start_date: string;
  /** Where the game is in its life. */
  status: 'unplayed' | 'live' | 'final';
  /** Stadium or hall. */
  venue: string | null;
  /** Who broadcasts it. */
  broadcast: string | null;
  home_team: Team;
  away_team: Team;
  scores: Scores;
  /** What has become of a game that does not go as planned. */
  status_detail?: 'postponed' | 'delayed' | 'suspended' | 'abandoned' | 'cancelled' | 'awarded' | 'walkover' | 'retired';
  /** Who won. */
  winner?: 'home' | 'away' | 'draw';
  markets?: Markets;
}

/** The filter in force. */
export interface Filter {
  /** One of these values must match. */
  league?: string[];
  /** One of these values must match. */
  sport?: string[];
  /** One of these values must match. */
  game?: string[];
  /** One of these values must match. */
  book?: string[];
  /** One of these values must match. */
  market?: string[];
}

/** The first frame. */
export interface WelcomeFrame {
  /** The type of frame. */
  type: 'welcome';
  /** The channel. */
  channel: 'live' | 'odds';
  /** Number of the connection in this server process, from 1. */
  conn_id: number;
  /** A greeting. */
  message: string;
  /** The filter in force. */
  filter?: Filter;
  /** Snapshots carry prices. */
  prices?: 'snapshot';
  /** Milliseconds over which prices are merged. */
  conflate?: number;
  /** How seq grows when prices are merged. */
  order?: string;
  /** 1: updates that tell only what surrounds the score come too. */
  details?: number;
  /** Snapshots hold the games that are not live, too. */
  games?: 'all';
  /** permessage-deflate is in force. */
  compression?: 'shared';
}

/** All live games, or all games with games=all: the second frame, which comes again after a loss. */
export interface SnapshotFrame {
  /** The type of frame. */
  type: 'snapshot';
  /** The channel. */
  channel: 'live' | 'odds';
  /** When the snapshot was taken, in milliseconds since 1970. */
  ts: number;
  /** How many games. */
  count: number;
  /** The games. */
  games: SnapshotGame[];
  /** Number of the last event before the snapshot. */
  seq: number;
}

/** A game is seen for the first time. */
export interface NewGameFrame {
  /** The type of frame. */
  type: 'new_game';
  /** The feed's id of the game. */
  game_id: string;
  /** Readable id: {league}-{away}-{home}-{date}. */
  pn_slug: string | null;
  /** League code. */
  pn_league_code: string;
  game: Game;
  /** When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970. */
  ts: number;
  /** Number of the event. */
  seq: number;
}

/** Teams, start, slug, venue, broadcast, detail of the status or winner changed; with details=1 also what surrounds the score. */
export interface GameUpdateFrame {
  /** The type of frame. */
  type: 'game_update';
  /** The feed's id of the game. */
  game_id: string;
  /** Readable id: {league}-{away}-{home}-{date}. */
  pn_slug: string | null;
  /** League code. */
  pn_league_code: string;
  game: Game;
  /** When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970. */
  ts: number;
  /** Number of the event. */
  seq: number;
}

/** Score, period or clock changed. */
export interface ScoreChangeFrame {
  /** The type of frame. */
  type: 'score_change';
  /** The feed's id of the game. */
  game_id: string;
  /** Readable id: {league}-{away}-{home}-{date}. */
  pn_slug: string | null;
  /** League code. */
  pn_league_code: string;
  /** Points of the home side. */
  score_home: number | null;
  /** Points of the visitors. */
  score_away: number | null;
  /** Period: 2H, 3. */
  period: string | null;
  /** Clock: 94, 03:42. */
  clock: string | null;
  /** The score by period, in order. */
  periods?: PeriodScore[];
  /** When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970. */
  ts: number;
  /** Number of the event. */
  seq: number;
}

/** The game moved between unplayed, live and final, in any direction. */
export interface StatusChangeFrame {
  /** The type of frame. */
  type: 'status_change';
  /** The feed's id of the game. */
  game_id: string;
  /** Readable id: {league}-{away}-{home}-{date}. */
  pn_slug: string | null;
  /** League code. */
  pn_league_code: string;
  /** Status before. */
  old_status: 'unplayed' | 'live' | 'final';
  /** Status now. */
  new_status: 'unplayed' | 'live' | 'final';
  game: Game;
  /** When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970. */
  ts: number;
  /** Number of the event. */
  seq: number;
}

/** The game is over. */
export interface GameFinalFrame {
  /** The type of frame. */
  type: 'game_final';
  /** The feed's id of the game. */
  game_id: string;
  /** Readable id: {league}-{away}-{home}-{date}. */
  pn_slug: string | null;
  /** League code. */
  pn_league_code: string;
  /** Points of the home side. */
  score_home: number | null;
  /** Points of the visitors. */
  score_away: number | null;
  /** Period: 2H, 3. */
  period: string | null;
  /** Clock: 94, 03:42. */
  clock: string | null;
  /** When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970. */
  ts: number;
  /** Number of the event. */
  seq: number;
}

/** The price of an outcome changed, or whether it is of the main line. */
export interface PriceChangeFrame {
  /** The type of frame. */
  type: 'price_change';
  /** The feed's id of the game. */
  game_id: string;
  /** Readable id: {league}-{away}-{home}-{date}. */
  pn_slug: string | null;
  /** League code. */
  pn_league_code: string;
  /** Market type. */
  pn_market_type: string;
  /** The bookmaker. */
  book: string;
  /** The side, or the player. */
  outcome: string;
  /** American odds before; null for a first price. */
  old_price: number | null;
  /** American odds now; null when withdrawn. */
  new_price: number | null;
  /** Handicap or total. */
  points: number | null;
  /** Why the outcome was withdrawn. */
  reason?: 'suspended' | 'settled';
  /** True when the outcome is of the main line among many. */
  main?: boolean;
  /** When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970. */
  ts: number;
  /** Number of the event. */
  seq: number;
}

/** The prices of a game that goes live, in place of those held; only with prices=snapshot, and without games=all. */
export interface MarketsFrame {
  /** The type of frame. */
  type: 'markets';
  /** The feed's id of the game. */
  game_id: string;
  markets: Markets;
  /** When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970. */
  ts: number;
  /** Number of the newest event before it; ignore later prices of the game up to it. */
  seq: number;
}

/** The game left the board; only with games=all. */
export interface GameRemovedFrame {
  /** The type of frame. */
  type: 'game_removed';
  /** The feed's id of the game. */
  game_id: string;
  /** Readable id: {league}-{away}-{home}-{date}. */
  pn_slug: string | null;
  /** League code. */
  pn_league_code: string;
  /** When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970. */
  ts: number;
  /** Number of the newest event before it. */
  seq: number;
}

/** Events were dropped because the client was too slow. */
export interface LaggedFrame {
  /** The type of frame. */
  type: 'lagged';
  /** How many events were dropped. */
  dropped: number;
  /** The same count for each type of event. */
  dropped_by_type: Record<string, number>;
  /** When the server told it, in milliseconds since 1970. */
  ts: number;
  /** Number of the newest event that was dropped. */
  seq: number;
}

/** A source whose data may be old. */
export interface StaleFeed {
  /** The feed's name; http for the keys that send over HTTP. */
  name: string;
  /** stale: silent for too long; failing: it broke, and is tried again. */
  state: 'stale' | 'failing';
  /** When it last sent something; null if it never did, in milliseconds since 1970. */
  last_observation_ms: number | null;
}

/** Sources went stale, or came back; only with details=1. */
export interface FeedFrame {
  /** The type of frame. */
  type: 'feed';
  /** These sources; none: all are fresh again. */
  stale: StaleFeed[];
  /** When the server noticed it, in milliseconds since 1970. */
  ts: number;
}

/** The answer to a ping message. */
export interface PongFrame {
  /** The type of frame. */
  type: 'pong';
  /** The server's time, in milliseconds since 1970. */
  ts: number;
}

/** A message was not understood. */
export interface ErrorFrame {
  /** The type of frame. */
  type: 'error';
  /** What is wrong. */
  error: string;
}

/** The server closes with 1012 next. */
export interface ReconnectFrame {
  /** The type of frame. */
  type: 'reconnect';
  /** Wait this many milliseconds from the close before connecting again. */
  after_ms: number;
  /** Why the server closes. */
  reason: string;
}

/** Any frame that is known today. Ignore those of other types: more may be added. */
export type Frame =
  | WelcomeFrame
  | SnapshotFrame
  | NewGameFrame
  | GameUpdateFrame
  | ScoreChangeFrame
  | StatusChangeFrame
  | GameFinalFrame
  | PriceChangeFrame
  | MarketsFrame
  | GameRemovedFrame
  | LaggedFrame
  | FeedFrame
  | PongFrame
  | ErrorFrame
  | ReconnectFrame;
