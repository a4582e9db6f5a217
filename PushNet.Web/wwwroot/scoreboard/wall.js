// A screen on a wall: cards as large as they can be, page after page when there are too many.

import { arrange, element, setText } from './dom.js';
import { layOut } from './wall-layout.js';

const PAGE_MS = 10_000;

export class Wall {
  #draw;
  #page = 0;
  /** @type {ReturnType<typeof setInterval>|undefined} */ #turning;
  #list = element('ul', { class: 'games' });
  #place = element('p', { class: 'place' });

  /** @param {() => void} draw asks for the cards again */
  constructor(draw) {
    this.#draw = draw;
  }

  get isShown() {
    return this.#turning !== undefined;
  }

  set isShown(isShown) {
    if (isShown === this.isShown) return;
    clearInterval(this.#turning);
    this.#turning = isShown ? setInterval(() => this.#turn(), PAGE_MS) : undefined;
    removeEventListener('resize', this.#draw);
    if (isShown) addEventListener('resize', this.#draw);
    else document.documentElement.style.fontSize = '';
  }

  /** Lays out as many cards as fit. @param {Element[]} cards all of them @returns {Element[]} what is to be shown */
  show(cards) {
    const { columns, rows, perPage, pages, size } = layOut(cards.length, innerWidth, innerHeight);
    this.#page %= pages;
    document.documentElement.style.fontSize = `${size}px`;
    this.#list.style.setProperty('--columns', `${columns}`);
    this.#list.style.setProperty('--rows', `${rows}`);
    arrange(this.#list, cards.slice(this.#page * perPage, (this.#page + 1) * perPage));
    setText(this.#place, pages > 1 ? `${this.#page + 1} / ${pages}` : '');
    return [this.#list, this.#place];
  }

  #turn() {
    this.#page += 1;
    this.#draw();
  }
}
