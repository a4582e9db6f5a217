// The live games, grouped by sport.

import { arrange, element, oncePerFrame, setText } from './dom.js';
import { announce } from './announcer.js';
import { byPlace, clockText, leagueText, NO_GAME, oddsAddress, scoreText } from './games.js';
import { Sides } from './sides.js';

export class LiveView {
  #root;
  #client;
  /** @type {Map<string, { section: HTMLElement, list: HTMLElement, count: HTMLElement }>} */ #sports = new Map();
  /** @type {Map<string, Card>} */ #cards = new Map();
  #empty = element('p', { class: 'empty' });

  /** @param {HTMLElement} root @param {import('../pushnet-client.js').PushNetClient} client */
  constructor(root, client) {
    this.#root = root;
    this.#client = client;
    const draw = oncePerFrame(() => this.#draw());
    client.addEventListener('frame', draw);
    client.addEventListener('state', draw);
  }

  #draw() {
    setText(this.#empty, this.#client.state === 'open' ? NO_GAME : 'Not connected yet.');
    const bySport = Map.groupBy([...this.#client.board.games.values()].sort(byPlace), game => game.sport_category);
    arrange(this.#root, bySport.size ? [...bySport].map(([sport, games]) => this.#sectionOf(sport, games)) : [this.#empty]);
    for (const id of this.#cards.keys()) if (!this.#client.board.games.has(id)) this.#cards.delete(id);
    for (const sport of this.#sports.keys()) if (!bySport.has(sport)) this.#sports.delete(sport);
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
  #play = element('span', { class: 'play' });
  #sides;
  #shown = null;

  /** @param {import('../pushnet-client.js').Game} game */
  constructor(game) {
    this.#sides = new Sides(game);
    this.element = element('li', { 'data-game': game.game_id }, element('a', { class: 'game', href: oddsAddress(game) },
      element('span', { class: 'meta' }, element('span', { class: 'league' }, leagueText(game)), this.#clock),
      ...this.#sides.elements,
      this.#play));
  }

  /** @param {import('../pushnet-client.js').Game} game */
  show(game) {
    if (game === this.#shown) return;
    this.#shown = game;
    setText(this.#clock, clockText(game));
    setText(this.#play, game.scores.last_play ?? '');
    if (this.#sides.show(game)) announce(scoreText(game));
  }
}
