// One live game as a card.

import { element, setText } from './dom.js';
import { announce } from './announcer.js';
import { clockText, leagueText, oddsAddress, scoreText } from './games.js';
import { LineScore } from './line-score.js';
import { Sides } from './sides.js';

// As many as a card has room for: the innings of a baseball game.
const MOST_PERIODS = 9;

export class Card {
  #clock = element('span', { class: 'clock' });
  #lineScore = new LineScore(MOST_PERIODS);
  #play = element('span', { class: 'play' });
  #sides;
  #shown = null;

  /** @param {import('../pushnet-client.js').Game} game */
  constructor(game) {
    this.#sides = new Sides(game);
    this.element = element('li', { 'data-game': game.game_id }, element('a', { class: 'game', href: oddsAddress(game) },
      element('span', { class: 'meta' }, element('span', { class: 'league' }, leagueText(game)), this.#clock),
      ...this.#sides.elements,
      this.#lineScore.element,
      this.#play));
  }

  /** @param {import('../pushnet-client.js').Game} game */
  show(game) {
    if (game === this.#shown) return;
    const hasEnded = game.status === 'final' && this.#shown?.status === 'live';
    this.#shown = game;
    this.element.dataset.status = game.status;
    setText(this.#clock, clockText(game));
    setText(this.#play, game.scores.last_play ?? '');
    this.#lineScore.show(game);
    const hasMoved = this.#sides.show(game);
    if (hasEnded) announce(game.game_id, `Final: ${scoreText(game)}`);
    else if (hasMoved) announce(game.game_id, scoreText(game));
  }
}
