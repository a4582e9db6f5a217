"""Plays every scenario of a server with the client of clients/python, and prints what became of each, in order."""

import asyncio
import json
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any, Dict, List, Optional

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[2] / "clients" / "python"))

from pushnet import Board, PushNetClient, PushNetError  # noqa: E402

KEY = "key-of-the-scenarios"
PATIENCE_MS = 10_000


class _WaitsLong(Exception):
    """Ends a client that waits for longer than anybody does here."""


def board_of(board: Board) -> Dict[str, Any]:
    prices = [(game_id, key, price) for game_id, of_game in board.prices.items() for key, price in of_game.items()]
    return {
        "games": sorted(board.games.values(), key=lambda game: game["game_id"]),
        "prices": [{"game_id": game_id, **price._asdict()} for game_id, _, price in sorted(prices, key=str)],
        "seq": board.seq,
        "dropped": board.dropped,
        "stale": board.stale,
        "stale_feeds": board.stale_feeds,
    }


async def play(authority: str, number: int, scenario: Dict[str, Any]) -> Dict[str, Any]:
    states: List[str] = []
    waits: List[float] = []
    pauses: List[float] = []
    since = 0.0
    boards: List[Dict[str, Any]] = []

    def tell(state: str, error: Optional[str]) -> None:
        nonlocal since
        if state == "connecting" and states and states[-1].startswith("waiting"):
            pauses.append((time.monotonic() - since) * 1_000)
        states.append(f"{state}: {error}" if error else state)
        since = time.monotonic()
        if state == "waiting":
            assert client.retry_at is not None
            waits.append((client.retry_at - time.time()) * 1_000)
            if waits[-1] > PATIENCE_MS:
                raise _WaitsLong

    async with PushNetClient(
        f"{scenario['scheme'] or 'ws'}://{authority}/ws/odds?scenario={number}", scenario["key"] or KEY,
        min_delay=0.04, max_delay=0.2, ping_interval=(scenario["ping_ms"] or 10_000) / 1_000, on_state=tell,
    ) as client:
        try:
            async for frame in client:
                kind: str = frame["type"]
                if kind in ("check", "end"):
                    boards.append(board_of(client.board))
                if kind == "end":
                    break
        except PushNetError as error:
            assert states[-1] == f"{client.state}: {error}"
        except _WaitsLong:
            pass
    return {"states": states, "waits": waits, "pauses": pauses, "boards": boards}


async def main(authority: str) -> None:
    with urllib.request.urlopen(f"http://{authority}/scenarios") as response:
        scenarios = json.load(response)
    for told in await asyncio.gather(*(play(authority, number, scenario) for number, scenario in enumerate(scenarios))):
        print(json.dumps(told))


asyncio.run(main(sys.argv[1]))
