"""What the server has told, folded: the games and the prices."""

from typing import Any, Dict, List, NamedTuple, Optional, Set, cast

from .frames import Frame, Game, Markets, PriceChangeFrame, ScoreChangeFrame, SnapshotFrame, StaleFeed


class Outcome(NamedTuple):
    """What names an outcome within its game."""

    market: str
    book: str
    outcome: str
    points: Optional[float]


class Price(NamedTuple):
    """The offer of one book on one outcome."""

    market: str
    book: str
    outcome: str
    points: Optional[float]
    #: American odds; None: withdrawn.
    price: Optional[float]
    #: Why it was withdrawn: "suspended" or "settled", if the source said so.
    reason: Optional[str]
    #: True for the main line of several.
    main: bool
    #: When it was made, in milliseconds since 1970.
    ts: int
    seq: int


class Board:
    """The games and the prices after every frame so far. Pure; use it alone with a connection of your own."""

    def __init__(self) -> None:
        #: The live games, by id; with ``games=all`` every game of the server's board. A change makes a new dict.
        self.games: Dict[str, Game] = {}
        #: By game id, and by outcome, the prices that are known.
        self.prices: Dict[str, Dict[Outcome, Price]] = {}
        #: The number of the newest event that is in it. Of an answer over HTTP, prices of a smaller ``seq`` are older than what is here.
        self.seq = 0
        #: The events that the server said it dropped for this client.
        self.dropped = 0
        #: The sources that the server has heard nothing of for too long: what is held of them may be old. Told only with ``details=1``.
        self.stale_feeds: List[StaleFeed] = []
        self._has_all_games = False
        self._prices_in_snapshots = False
        self._is_new = True
        self._snapshot_seq = -1
        self._lost_seq = -1
        # The games that have ended or left the board: prices of them that come late are not to stay.
        self._ended: Set[str] = set()
        # By game id, the seq up to which `markets` holds its prices.
        self._markets_seq: Dict[str, int] = {}

    @property
    def stale(self) -> bool:
        """True while something was lost and has not come again: some of what is held may be old."""
        return self._lost_seq > self._snapshot_seq

    def apply(self, frame: Frame) -> None:
        """Takes the next frame, in order. Unknown types are ignored: there may be more of them one day."""
        if frame["type"] == "price_change":
            self._move(frame)
        elif frame["type"] == "welcome":
            # What is held stays until the snapshot, so that whatever shows it need not blink.
            self._has_all_games = frame.get("games") == "all"
            self._prices_in_snapshots = frame.get("prices") == "snapshot"
            self._is_new = True
            self._lost_seq = -1
            self.stale_feeds = []  # Those that are stale come after the snapshot.
        elif frame["type"] == "snapshot":
            self._start_over(frame)
        elif frame["type"] == "new_game" or frame["type"] == "status_change":
            self._take(frame["game"])
            if not self._holds(frame["game"]):
                self.games.pop(frame["game_id"], None)
            if frame["game"]["status"] == "final" and not self._has_all_games:
                self._end(frame["game_id"])
            else:
                self._ended.discard(frame["game_id"])
        elif frame["type"] == "game_update":
            # If it is not live any more, the status_change that follows says so.
            self._take(frame["game"])
        elif frame["type"] == "game_final":
            # Follows a status_change, which may have been lost.
            if not self._has_all_games:
                self._end(frame["game_id"])
        elif frame["type"] == "game_removed":
            self._end(frame["game_id"])
        elif frame["type"] == "score_change":
            game = self.games.get(frame["game_id"])
            if game:
                self.games[frame["game_id"]] = with_score(game, frame)
        elif frame["type"] == "markets":
            self._markets_seq[frame["game_id"]] = frame["seq"]
            self.prices.pop(frame["game_id"], None)
            self._fill(frame["game_id"], frame["markets"], frame["seq"])
        elif frame["type"] == "feed":
            self.stale_feeds = frame["stale"]
        elif frame["type"] == "lagged":
            self.dropped += frame["dropped"]
            # Lost prices come back in snapshots only where those have prices; else one by one, as they move.
            if self._prices_in_snapshots or any(kind != "price_change" for kind in frame["dropped_by_type"]):
                self._lost_seq = frame["seq"]
            return  # What was lost is not in it.
        self.seq = max(self.seq, cast(Dict[str, Any], frame).get("seq", 0))  # Merged prices may come late.

    def _holds(self, game: Game) -> bool:
        return self._has_all_games or game["scores"]["is_live"]

    def _take(self, game: Game) -> None:
        if self._holds(game):
            self.games[game["game_id"]] = game

    def _start_over(self, snapshot: SnapshotFrame) -> None:
        self._snapshot_seq = snapshot["seq"]
        self.seq = 0  # A server that was restarted may count from 1 again.
        self.games.clear()
        if self._is_new or self._prices_in_snapshots:
            self.prices.clear()
            self._markets_seq.clear()
        if self._is_new:
            self._ended.clear()
        self._is_new = False
        for one in snapshot["games"]:
            game = cast(Game, {name: value for name, value in one.items() if name != "markets"})
            self.games[one["game_id"]] = game
            self._ended.discard(one["game_id"])
            self._fill(one["game_id"], one.get("markets", {}), self._snapshot_seq)

    def _end(self, game_id: str) -> None:
        self.games.pop(game_id, None)
        self.prices.pop(game_id, None)
        self._ended.add(game_id)

    def _fill(self, game_id: str, markets: Markets, seq: int) -> None:
        for market, outcomes in markets.items():
            for one in outcomes:
                key = Outcome(market, one["book"], one["outcome"], one["points"])
                price = Price(*key, one["price"], None, one.get("main", False), one["ts"], seq)
                self.prices.setdefault(game_id, {})[key] = price

    def _move(self, change: PriceChangeFrame) -> None:
        game_id = change["game_id"]
        if game_id in self._ended:
            return
        key = Outcome(change["pn_market_type"], change["book"], change["outcome"], change["points"])
        held = self.prices.get(game_id, {}).get(key)
        # Merged prices (conflate=) may come after the snapshot that has them already, or after one that has none.
        without = self._snapshot_seq if self._prices_in_snapshots else -1
        if change["seq"] > (held.seq if held else self._markets_seq.get(game_id, without)):
            self.prices.setdefault(game_id, {})[key] = Price(
                *key, change["new_price"], change.get("reason"), change.get("main", False), change["ts"], change["seq"])


def with_score(game: Game, change: ScoreChangeFrame) -> Game:
    """The game after a ``score_change``."""
    before = game["scores"]
    scores = before.copy()
    scores["score_home"], scores["score_away"] = change["score_home"], change["score_away"]
    scores["period"], scores["clock"] = change["period"], change["clock"]
    scores.pop("periods", None)
    if "periods" in change:
        scores["periods"] = change["periods"]
    is_same = all(scores.get(name) == before.get(name) for name in ("score_home", "score_away", "periods"))
    if not is_same:
        scores["last_play"] = None  # A play that led to another score is not the last one.
    after = game.copy()
    after["scores"] = scores
    return after
