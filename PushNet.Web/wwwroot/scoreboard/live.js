// The live games, and for a short while those that have just ended: by sport, or on a wall page by page.

import { arrange, element, oncePerFrame, setText } from './dom.js';
import { Card } from './card.js';
import { FinishedGames } from './finished.js';
import { byPlace, NO_GAME } from './games.js';
import { Wall } from './wall.js';

export class LiveView {
  #root;
  #client;
  #finished = new FinishedGames();
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #leaving;
  /** @type {Map<string, { section: HTMLElement, list: HTMLElement, count: HTMLElement }>} */ #sports = new Map();
  /** @type {Map<string, Card>} */ #cards = new Map();
  #empty = element('p', { class: 'empty' });
  #wall = new Wall(() => this.#askToDraw());
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

  /** Fills the screen, or shows everything by sport. @param {boolean} isWall */
  set isWall(isWall) {
    this.#wall.isShown = isWall;
    this.#draw();
  }

  #draw() {
    setText(this.#empty, this.#client.state === 'open' ? NO_GAME : 'Not connected yet.');
    const games = this.#games();
    for (const id of this.#cards.keys()) if (!games.has(id)) this.#cards.delete(id);
    const inPlace = [...games.values()].sort(byPlace);
    arrange(this.#root, inPlace.length === 0 ? [this.#empty]
      : this.#wall.isShown ? this.#wall.show(inPlace.map(game => this.#cardOf(game)))
      : this.#sectionsOf(Map.groupBy(inPlace, game => game.sport_category)));
  }

  #sectionsOf(bySport) {
    for (const sport of this.#sports.keys()) if (!bySport.has(sport)) this.#sports.delete(sport);
    return [...bySport].map(([sport, games]) => this.#sectionOf(sport, games));
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
