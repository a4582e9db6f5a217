// The table of one market: an outcome is a row, a book is a column.

import { arrange, element, flash, setText } from './dom.js';
import { inOrder } from './games.js';
import { decimalOf, pointsText, priceText } from './price.js';
import { Sparkline } from './sparkline.js';

const COLUMNS = ['Outcome', 'Best', 'Trend'];
const HANDICAPS = ['spreads'];

export class MarketTable {
  #market;
  #game;
  #format;
  /** @type {Map<string, Row>} */ #rows = new Map();
  /** Those that had a price since it was filled: a column that comes and goes would move all others. @type {Set<string>} */ #seen = new Set();
  /** @type {string[]} */ #books = [];
  #isOutOfOrder = false;
  #head = element('tr');
  #body = element('tbody');

  /** @param {string} market @param {import('../pushnet-client.js').Game|null} game @param {'american'|'decimal'} format */
  constructor(market, game, format) {
    this.#market = market;
    this.#game = game;
    this.#format = format;
    // It scrolls sideways where it is wider than the screen, so it must be reachable by keyboard.
    this.element = element('div', { class: 'market', 'data-market': market, role: 'region', 'aria-label': market, tabindex: '0' },
      element('table', {}, element('caption', {}, market.replaceAll('_', ' ')), element('thead', {}, this.#head), this.#body));
  }

  set format(format) {
    this.#format = format;
    for (const row of this.#rows.values()) row.touchAll();
    this.draw();
  }

  /** Starts over. @param {Iterable<import('../pushnet-client.js').Price>} prices */
  fill(prices) {
    for (const row of this.#rows.values()) row.clear();
    this.#seen.clear();
    for (const { outcome, points, book, price } of prices) this.#set(outcome, points, book, price);
    this.#isOutOfOrder = true;
  }

  /** @param {import('../pushnet-client.js').Frame} change a `price_change` */
  move({ outcome, points, book, new_price }) {
    this.#set(outcome, points, book, new_price);
  }

  /** Shows what moved since the last time. */
  draw() {
    if (this.#isOutOfOrder) this.#order();
    for (const row of this.#rows.values()) row.draw(this.#books, this.#format);
  }

  #set(outcome, points, book, price) {
    const id = `${outcome}\n${points}`;
    let row = this.#rows.get(id);
    if (!row) this.#rows.set(id, row = new Row(outcome, points, this.#labelOf(outcome, points)));
    const wasEmpty = row.isEmpty;
    row.set(book, price);
    this.#isOutOfOrder ||= wasEmpty !== row.isEmpty || !this.#seen.has(book);
    this.#seen.add(book);
  }

  #order() {
    this.#isOutOfOrder = false;
    for (const [id, row] of this.#rows) if (row.isEmpty) this.#rows.delete(id);
    const rows = [...this.#rows.values()].sort((a, b) => Math.abs(a.points ?? 0) - Math.abs(b.points ?? 0) || this.#rankOf(a.outcome).localeCompare(this.#rankOf(b.outcome)) || a.points - b.points);
    this.#books = [...this.#seen].sort();
    this.#head.replaceChildren(...[...COLUMNS, ...this.#books].map(text => element('th', { scope: 'col', title: text }, text)));
    this.element.style.setProperty('--books', `${this.#books.length}`);
    rows.forEach(row => row.layOut(this.#books));
    arrange(this.#body, rows.map(row => row.element));
    this.element.hidden = rows.length === 0;
  }

  /** The sides as the game has them, a draw between them; then the rest by name. */
  #rankOf(outcome) {
    const [first, second] = this.#game ? inOrder(this.#game).map(({ side }) => side) : ['home', 'away'];
    const ranks = [first, 'draw', second, 'over', 'under'];
    return (ranks.indexOf(outcome) + 1 || ranks.length + 1) + outcome;
  }

  #labelOf(outcome, points) {
    const names = new Map([['home', this.#game?.home_team.name], ['away', this.#game?.away_team.name], ['draw', 'Draw'], ['over', 'Over'], ['under', 'Under']]);
    const name = names.get(outcome) ?? outcome;
    return points === null ? name : `${name} ${pointsText(points, HANDICAPS.includes(this.#market))}`;
  }
}

/** The offers on one outcome. */
class Row {
  /** @type {Map<string, number>} */ #prices = new Map();
  /** @type {Map<string, HTMLElement>} */ #cells = new Map();
  /** By book, the payout before it moved. @type {Map<string, number|undefined>} */ #moved = new Map();
  #heading;
  #best = element('td', { class: 'top' }, '–');
  #trend = new Sparkline();

  constructor(outcome, points, label) {
    this.outcome = outcome;
    this.points = points;
    this.#heading = element('th', { scope: 'row' }, label);
    this.element = element('tr', { 'data-outcome': outcome });
  }

  get isEmpty() {
    return this.#prices.size === 0;
  }

  clear() {
    this.touchAll();
    this.#prices.clear();
  }

  touchAll() {
    for (const [book, price] of this.#prices) this.#moved.set(book, decimalOf(price));
  }

  /** @param {string} book @param {number|null} price null: withdrawn */
  set(book, price) {
    const before = this.#prices.get(book);
    if (!this.#moved.has(book)) this.#moved.set(book, before === undefined ? undefined : decimalOf(before));
    if (price === null) this.#prices.delete(book);
    else this.#prices.set(book, price);
  }

  /** @param {string[]} books */
  layOut(books) {
    const cells = books.map(book => this.#cells.get(book) ?? element('td', { 'data-book': book }, element('span', { class: 'price' }, '–')));
    this.#cells = new Map(books.map((book, i) => [book, cells[i]]));
    arrange(this.element, [this.#heading, this.#best, this.#trend.element, ...cells]);
    for (const book of books) if (!this.#moved.has(book)) this.#moved.set(book, this.#prices.has(book) ? decimalOf(this.#prices.get(book)) : undefined);
  }

  /** @param {string[]} books @param {'american'|'decimal'} format */
  draw(books, format) {
    if (this.#moved.size === 0) return;
    const payouts = new Map([...this.#prices].map(([book, price]) => [book, decimalOf(price)]));
    const best = Math.max(...payouts.values());
    const isSplit = best > Math.min(...payouts.values());
    for (const [book, before] of this.#moved) {
      const cell = this.#cells.get(book);
      if (!cell) continue;
      const now = payouts.get(book);
      setText(cell.firstChild, now === undefined ? '–' : priceText(this.#prices.get(book), format));
      if (now === undefined) delete cell.dataset.move;
      if (before !== undefined && now !== undefined && now !== before) {
        cell.dataset.move = now > before ? 'up' : 'down';
        flash(cell.firstChild, cell.dataset.move);
      }
    }
    for (const book of books) {
      const isBest = isSplit && payouts.get(book) === best;
      const cell = this.#cells.get(book);
      cell.classList.toggle('best', isBest);
      if (isBest) cell.setAttribute('aria-description', 'best price');
      else cell.removeAttribute('aria-description');
    }
    const bestBook = books.find(book => payouts.get(book) === best);
    setText(this.#best, bestBook ? priceText(this.#prices.get(bestBook), format) : '–');
    this.#trend.add(best);
    this.#moved.clear();
  }
}
