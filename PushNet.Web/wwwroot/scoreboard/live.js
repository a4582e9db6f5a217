// The live games, grouped by sport, and for a short while those that have just ended.

import { arrange, element, oncePerFrame, setText } from './dom.js';
import { announce } from './announcer.js';
import { FinishedGames } from './finished.js';
import { byPlace, clockText, leagueText, NO_GAME, oddsAddress, scoreText } from './games.js';
import { LineScore } from './line-score.js';
import { Sides } from './sides.js';

// As many as a card has room for: the innings of a baseball game.
const MOST_PERIODS = 9;

export class LiveView {
  #root;
  #client;
  #finished = new FinishedGames();
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #leaving;
  /** @type {Map<string, { section: HTMLElement, list: HTMLElement, count: HTMLElement }>} */ #sports = new Map();
  /** @type {Map<string, Card>} */ #cards = new Map();
  #empty = element('p', { class: 'empty' });
  #askToDraw = oncePerFrame(() => this.#draw());

  /** @param {HTMLElement} root @param {import('../pushnet-client.js').PushNetClient} client */
  constructor(root, client) {
    this.#root = root;
    this.#client = client;
    client.addEventListener('frame', ({ detail }) => {
      this.#finished.take(detail, performance.now());
      this.#askToDraw();
    });
    client.addEventListener('state', this.#askToDraw);
  }

  #draw() {
    setText(this.#empty, this.#client.state === 'open' ? NO_GAME : 'Not connected yet.');
    const games = this.#games();
    const bySport = Map.groupBy([...games.values()].sort(byPlace), game => game.sport_category);
    arrange(this.#root, bySport.size ? [...bySport].map(([sport, ofSport]) => this.#sectionOf(sport, ofSport)) : [this.#empty]);
    for (const id of this.#cards.keys()) if (!games.has(id)) this.#cards.delete(id);
    for (const sport of this.#sports.keys()) if (!bySport.has(sport)) this.#sports.delete(sport);
  }

  /** The games that have ended, replaced by those that are live again. */
  #games() {
    const now = performance.now();
    const games = new Map(this.#finished.at(now).map(game => [game.game_id, game]));
    for (const [id, game] of this.#client.board.games) games.set(id, game);
    clearTimeout(this.#leaving);
    const next = this.#finished.nextIn(now);
    if (next !== null) this.#leaving = setTimeout(this.#askToDraw, next);
    return games;
  }

  #sectionOf(sport, games) {
    let known = this.#sports.get(sport);
    if (!known) {
      const list = element('ul', { class: 'games' });
      const count = element('span', { class: 'count' });
      known = { list, count, section: element('section', {}, element('h2', {}, `${sport} `, count), list) };
      this.#sports.set(sport, known);
    }
    arrange(known.list, games.map(game => this.#cardOf(game)));
    setText(known.count, `${games.length}`);
    known.section.style.setProperty('--games', `${games.length}`);
    return known.section;
  }

  #cardOf(game) {
    let card = this.#cards.get(game.game_id);
    if (!card) this.#cards.set(game.game_id, card = new Card(game));
    card.show(game);
    return card.element;
  }
}

/** One game. */
class Card {
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
