"""Sends games of a CSV file: csv_feeder.py http://127.0.0.1:8080 games.csv

The key comes from PUSHNET_KEY.

Columns: game_id, league, sport, start_date (ISO 8601, UTC), status (unplayed, live or final), home, away, score_home, score_away,
period, clock. Empty cells are what is not known. Send the file again whenever it has changed: what has not is left alone.
"""

import csv
import json
import os
import sys
from typing import Any, Dict, Optional
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen


def number(cell: str) -> Optional[int]:
    return int(cell) if cell else None


def observation(row: Dict[str, str]) -> Dict[str, Any]:
    return {
        "type": "game",
        "game_id": row["game_id"],
        "pn_league_code": row["league"],
        "sport_category": row["sport"],
        "start_date": row["start_date"],
        "status": row["status"],
        "home_team": {"name": row["home"]},
        "away_team": {"name": row["away"]},
        "scores": {
            "score_home": number(row["score_home"]),
            "score_away": number(row["score_away"]),
            "period": row["period"] or None,
            "clock": row["clock"] or None,
        },
    }


if len(sys.argv) != 3:
    sys.exit(__doc__)
url, path = sys.argv[1:]
# Spreadsheets begin the file with a byte order mark, which is not a part of the first column's name.
with open(path, newline="", encoding="utf-8-sig") as file:
    rows = csv.DictReader(file)
    try:
        lines = "\n".join(json.dumps(observation(row)) for row in rows)
    except KeyError as missing:
        sys.exit(f"{path} has no column {missing}; it has {', '.join(rows.fieldnames or [])}")
    except ValueError as wrong:
        sys.exit(f"{path}, line {rows.line_num}: {wrong}")
headers = {"Authorization": f"Bearer {os.environ.get('PUSHNET_KEY', '')}", "Content-Type": "application/x-ndjson"}
try:
    with urlopen(Request(f"{url}/v1/ingest", lines.encode(), headers)) as response:
        summary = json.load(response)
except HTTPError as refusal:
    sys.exit(f"{refusal.code}: {refusal.read().decode()}")
except URLError as failure:
    sys.exit(f"{url} does not answer: {failure.reason}")
print(f"{summary['applied']} applied, {summary['unchanged']} unchanged, {summary['stale']} stale, {summary['rejected']} rejected")
for rejection in summary["errors"]:
    print(f"line {rejection['line']}: {rejection['error']}", file=sys.stderr)
sys.exit(1 if summary["rejected"] else 0)
