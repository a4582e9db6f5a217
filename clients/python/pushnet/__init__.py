"""A client of PushNet: live scores and odds as they change."""

from .asking import filter_value
from .board import Board, Outcome, Price, with_score
from .client import PushNetClient, PushNetError, Refused, State, Unauthorized
from .frames import Frame, Game

__all__ = [
    "Board", "Frame", "Game", "Outcome", "Price", "PushNetClient", "PushNetError", "Refused", "State", "Unauthorized", "filter_value",
    "with_score",
]
