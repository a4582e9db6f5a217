"""What the server sends: docs/protocol.md explains it. Written from /asyncapi.json by ClientTypesTests."""

from typing import Dict, List, Literal, Optional, TypedDict, Union


class Team(TypedDict):
    """One side of a game."""

    #: Full name.
    name: str
    #: City.
    city: Optional[str]
    #: Nickname.
    mascot: Optional[str]
    #: Short code.
    abbreviation_pn: Optional[str]
    #: Address of a logo.
    logo: Optional[str]


class PeriodScore(TypedDict):
    """The score of one quarter, half, inning, set or shoot-out."""

    #: As the source wrote it.
    name: str
    #: Points of the home side in it.
    home: Optional[int]
    #: Points of the visitors in it.
    away: Optional[int]


class _Scores(TypedDict):
    #: The game's status, capitalized.
    status: Literal["Unplayed", "Live", "Final"]
    #: Points of the home side.
    score_home: Optional[int]
    #: Points of the visitors.
    score_away: Optional[int]
    #: Period: 2H, 3.
    period: Optional[str]
    #: Clock: 94, 03:42.
    clock: Optional[str]
    #: True while the game is being played.
    is_live: bool
    #: As the source wrote it.
    last_play: Optional[str]
    #: As the source wrote it.
    current_down_and_distance: Optional[str]
    #: As the source wrote it.
    weather: Optional[str]
    #: As the source wrote it.
    weather_temp: Optional[str]
    #: As the source wrote it.
    weather_temp_high: Optional[str]
    #: As the source wrote it.
    home_starter: Optional[str]
    #: As the source wrote it.
    away_starter: Optional[str]


class Scores(_Scores, total=False):
    """The score and what surrounds it."""

    #: The score by period, in order.
    periods: List[PeriodScore]


class _Game(TypedDict):
    #: The feed's id of the game.
    game_id: str
    #: Readable id: {league}-{away}-{home}-{date}.
    pn_slug: Optional[str]
    #: League code.
    pn_league_code: str
    #: Sport.
    sport_category: str
    #: Scheduled start, ISO 8601 in UTC.
    start_date: str
    #: Where the game is in its life.
    status: Literal["unplayed", "live", "final"]
    #: Stadium or hall.
    venue: Optional[str]
    #: Who broadcasts it.
    broadcast: Optional[str]
    home_team: Team
    away_team: Team
    scores: Scores


class Game(_Game, total=False):
    """A game."""

    #: What has become of a game that does not go as planned.
    status_detail: Literal["postponed", "delayed", "suspended", "abandoned", "cancelled", "awarded", "walkover", "retired"]
    #: Who won.
    winner: Literal["home", "away", "draw"]
    #: When a source confirmed it last; over HTTP and with seen=1 only, in milliseconds since 1970.
    seen: int


class _Outcome(TypedDict):
    #: The bookmaker.
    book: str
    #: The side, or the player.
    outcome: str
    #: American odds.
    price: float
    #: Handicap or total.
    points: Optional[float]
    #: The player's id.
    player_id: Optional[str]
    #: When the price became what it is, in milliseconds since 1970.
    ts: int


class Outcome(_Outcome, total=False):
    """The price of an outcome."""

    #: True when it is of the main line among many.
    main: bool
    #: When a source confirmed it last; over HTTP and with seen=1 only, in milliseconds since 1970.
    seen: int


#: By market type, the outcomes that have a price.
Markets = Dict[str, List[Outcome]]


class _SnapshotGame(TypedDict):
    #: The feed's id of the game.
    game_id: str
    #: Readable id: {league}-{away}-{home}-{date}.
    pn_slug: Optional[str]
    #: League code.
    pn_league_code: str
    #: Sport.
    sport_category: str
    #: Scheduled start, ISO 8601 in UTC.
    start_date: str
    #: Where the game is in its life.
    status: Literal["unplayed", "live", "final"]
    #: Stadium or hall.
    venue: Optional[str]
    #: Who broadcasts it.
    broadcast: Optional[str]
    home_team: Team
    away_team: Team
    scores: Scores


class SnapshotGame(_SnapshotGame, total=False):
    """A game of a snapshot."""

    #: What has become of a game that does not go as planned.
    status_detail: Literal["postponed", "delayed", "suspended", "abandoned", "cancelled", "awarded", "walkover", "retired"]
    #: Who won.
    winner: Literal["home", "away", "draw"]
    markets: Markets


class Filter(TypedDict, total=False):
    """The filter in force."""

    #: One of these values must match.
    league: List[str]
    #: One of these values must match.
    sport: List[str]
    #: One of these values must match.
    game: List[str]
    #: One of these values must match.
    book: List[str]
    #: One of these values must match.
    market: List[str]


class _WelcomeFrame(TypedDict):
    #: The type of frame.
    type: Literal["welcome"]
    #: The channel.
    channel: Literal["live", "odds"]
    #: Number of the connection in this server process, from 1.
    conn_id: int
    #: A greeting.
    message: str


class WelcomeFrame(_WelcomeFrame, total=False):
    """The first frame."""

    #: The filter in force.
    filter: Filter
    #: Snapshots carry prices.
    prices: Literal["snapshot"]
    #: Milliseconds over which prices are merged.
    conflate: int
    #: How seq grows when prices are merged.
    order: str
    #: 1: updates that tell only what surrounds the score come too.
    details: int
    #: Snapshots hold the games that are not live, too.
    games: Literal["all"]
    #: permessage-deflate is in force.
    compression: Literal["shared"]


class SnapshotFrame(TypedDict):
    """All live games, or all games with games=all: the second frame, which comes again after a loss."""

    #: The type of frame.
    type: Literal["snapshot"]
    #: The channel.
    channel: Literal["live", "odds"]
    #: When the snapshot was taken, in milliseconds since 1970.
    ts: int
    #: How many games.
    count: int
    #: The games.
    games: List[SnapshotGame]
    #: Number of the last event before the snapshot.
    seq: int


class NewGameFrame(TypedDict):
    """A game is seen for the first time."""

    #: The type of frame.
    type: Literal["new_game"]
    #: The feed's id of the game.
    game_id: str
    #: Readable id: {league}-{away}-{home}-{date}.
    pn_slug: Optional[str]
    #: League code.
    pn_league_code: str
    game: Game
    #: When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970.
    ts: int
    #: Number of the event.
    seq: int


class GameUpdateFrame(TypedDict):
    """Teams, start, slug, venue, broadcast, detail of the status or winner changed; with details=1 also what surrounds the score."""

    #: The type of frame.
    type: Literal["game_update"]
    #: The feed's id of the game.
    game_id: str
    #: Readable id: {league}-{away}-{home}-{date}.
    pn_slug: Optional[str]
    #: League code.
    pn_league_code: str
    game: Game
    #: When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970.
    ts: int
    #: Number of the event.
    seq: int


class _ScoreChangeFrame(TypedDict):
    #: The type of frame.
    type: Literal["score_change"]
    #: The feed's id of the game.
    game_id: str
    #: Readable id: {league}-{away}-{home}-{date}.
    pn_slug: Optional[str]
    #: League code.
    pn_league_code: str
    #: Points of the home side.
    score_home: Optional[int]
    #: Points of the visitors.
    score_away: Optional[int]
    #: Period: 2H, 3.
    period: Optional[str]
    #: Clock: 94, 03:42.
    clock: Optional[str]
    #: When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970.
    ts: int
    #: Number of the event.
    seq: int


class ScoreChangeFrame(_ScoreChangeFrame, total=False):
    """Score, period or clock changed."""

    #: The score by period, in order.
    periods: List[PeriodScore]


class StatusChangeFrame(TypedDict):
    """The game moved between unplayed, live and final, in any direction."""

    #: The type of frame.
    type: Literal["status_change"]
    #: The feed's id of the game.
    game_id: str
    #: Readable id: {league}-{away}-{home}-{date}.
    pn_slug: Optional[str]
    #: League code.
    pn_league_code: str
    #: Status before.
    old_status: Literal["unplayed", "live", "final"]
    #: Status now.
    new_status: Literal["unplayed", "live", "final"]
    game: Game
    #: When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970.
    ts: int
    #: Number of the event.
    seq: int


class GameFinalFrame(TypedDict):
    """The game is over."""

    #: The type of frame.
    type: Literal["game_final"]
    #: The feed's id of the game.
    game_id: str
    #: Readable id: {league}-{away}-{home}-{date}.
    pn_slug: Optional[str]
    #: League code.
    pn_league_code: str
    #: Points of the home side.
    score_home: Optional[int]
    #: Points of the visitors.
    score_away: Optional[int]
    #: Period: 2H, 3.
    period: Optional[str]
    #: Clock: 94, 03:42.
    clock: Optional[str]
    #: When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970.
    ts: int
    #: Number of the event.
    seq: int


class _PriceChangeFrame(TypedDict):
    #: The type of frame.
    type: Literal["price_change"]
    #: The feed's id of the game.
    game_id: str
    #: Readable id: {league}-{away}-{home}-{date}.
    pn_slug: Optional[str]
    #: League code.
    pn_league_code: str
    #: Market type.
    pn_market_type: str
    #: The bookmaker.
    book: str
    #: The side, or the player.
    outcome: str
    #: American odds before; null for a first price.
    old_price: Optional[float]
    #: American odds now; null when withdrawn.
    new_price: Optional[float]
    #: Handicap or total.
    points: Optional[float]
    #: When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970.
    ts: int
    #: Number of the event.
    seq: int


class PriceChangeFrame(_PriceChangeFrame, total=False):
    """The price of an outcome changed, or whether it is of the main line."""

    #: Why the outcome was withdrawn.
    reason: Literal["suspended", "settled"]
    #: True when the outcome is of the main line among many.
    main: bool


class MarketsFrame(TypedDict):
    """The prices of a game that goes live, in place of those held; only with prices=snapshot, and without games=all."""

    #: The type of frame.
    type: Literal["markets"]
    #: The feed's id of the game.
    game_id: str
    markets: Markets
    #: When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970.
    ts: int
    #: Number of the newest event before it; ignore later prices of the game up to it.
    seq: int


class GameRemovedFrame(TypedDict):
    """The game left the board; only with games=all."""

    #: The type of frame.
    type: Literal["game_removed"]
    #: The feed's id of the game.
    game_id: str
    #: Readable id: {league}-{away}-{home}-{date}.
    pn_slug: Optional[str]
    #: League code.
    pn_league_code: str
    #: When the source saw it, or when the server did if the source gave no time, in milliseconds since 1970.
    ts: int
    #: Number of the newest event before it.
    seq: int


class LaggedFrame(TypedDict):
    """Events were dropped because the client was too slow."""

    #: The type of frame.
    type: Literal["lagged"]
    #: How many events were dropped.
    dropped: int
    #: The same count for each type of event.
    dropped_by_type: Dict[str, int]
    #: When the server told it, in milliseconds since 1970.
    ts: int
    #: Number of the newest event that was dropped.
    seq: int


class StaleFeed(TypedDict):
    """A source whose data may be old."""

    #: The feed's name; http for the keys that send over HTTP.
    name: str
    #: stale: silent for too long; failing: it broke, and is tried again.
    state: Literal["stale", "failing"]
    #: When it last sent something; null if it never did, in milliseconds since 1970.
    last_observation_ms: Optional[int]


class FeedFrame(TypedDict):
    """Sources went stale, or came back; only with details=1."""

    #: The type of frame.
    type: Literal["feed"]
    #: These sources; none: all are fresh again.
    stale: List[StaleFeed]
    #: When the server noticed it, in milliseconds since 1970.
    ts: int


class PongFrame(TypedDict):
    """The answer to a ping message."""

    #: The type of frame.
    type: Literal["pong"]
    #: The server's time, in milliseconds since 1970.
    ts: int


class ErrorFrame(TypedDict):
    """A message was not understood."""

    #: The type of frame.
    type: Literal["error"]
    #: What is wrong.
    error: str


class ReconnectFrame(TypedDict):
    """The server closes with 1012 next."""

    #: The type of frame.
    type: Literal["reconnect"]
    #: Wait this many milliseconds from the close before connecting again.
    after_ms: int
    #: Why the server closes.
    reason: str


#: Any frame that is known today. Ignore those of other types: more may be added.
Frame = Union[
    WelcomeFrame,
    SnapshotFrame,
    NewGameFrame,
    GameUpdateFrame,
    ScoreChangeFrame,
    StatusChangeFrame,
    GameFinalFrame,
    PriceChangeFrame,
    MarketsFrame,
    GameRemovedFrame,
    LaggedFrame,
    FeedFrame,
    PongFrame,
    ErrorFrame,
    ReconnectFrame,
]
