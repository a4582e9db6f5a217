"""Tells when an outcome pays at least so much: price_alert.py "ws://127.0.0.1:8080/ws/odds?market=moneyline&prices=snapshot" 150

The key comes from PUSHNET_KEY.
"""

import asyncio
import os
import sys
from typing import Optional

from pushnet import PushNetClient, PushNetError


def pays(price: Optional[float], limit: float) -> bool:
    """American odds grow with what they pay, also across the gap between -100 and 100."""
    return price is not None and price >= limit


async def main(url: str, key: str, limit: float) -> None:
    async with PushNetClient(url, key, on_state=lambda state, error: print(state, error or "", flush=True)) as client:
        async for frame in client:
            if frame["type"] == "price_change" and pays(frame["new_price"], limit) and not pays(frame["old_price"], limit):
                game = client.board.games.get(frame["game_id"])
                name = f"{game['home_team']['name']} - {game['away_team']['name']}" if game else frame["game_id"]
                print(f"{name}: {frame['outcome']} at {frame['new_price']:+g} with {frame['book']}", flush=True)


if len(sys.argv) != 3:
    sys.exit(__doc__)
try:
    asyncio.run(main(sys.argv[1], os.environ.get("PUSHNET_KEY", ""), float(sys.argv[2])))
except PushNetError as error:
    sys.exit(str(error))
except KeyboardInterrupt:
    pass
