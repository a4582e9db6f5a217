// The table of one market: an outcome is a row, a book is a column.

import { arrange, element, setText } from './dom.js';
import { inOrder } from './games.js';
import { OutcomeRow } from './outcome-row.js';
import { pointsText } from './price.js';
import { timeText } from './seen.js';

/** @typedef {import('../pushnet-client.js').Game} Game */
/** @typedef {import('../pushnet-client.js').Price} Price */

// What an exchange takes as lay offers are no prices to back at, so there is no best one.
const LAY = '_lay';
const HANDICAPS = 'spreads';

/** What it takes to be listed beside the market that it belongs to. @param {string} market */
export const backMarketOf = market => (market.endsWith(LAY) ? market.slice(0, -LAY.length) : market);

export class MarketTable {
  #market;
  #format;
  #hasBest;
  /** @type {Game|null} */ #game = null;
  /** @type {Map<string, OutcomeRow>} */ #rows = new Map();
  /** Those that had a price since it started over: a column that comes and goes would move all others. @type {Set<string>} */ #seen = new Set();
  /** @type {string[]} */ #books = [];
  #isOutOfOrder = true;
  #labels = '';
  #isUnfolded = false;
  #head = element('tr');
  #body = element('tbody');
  #others = element('tbody', { class: 'others' });
  #note = element('span', { class: 'note' });
  #more = element('button', { type: 'button', class: 'more' });

  /** @param {string} market @param {'american'|'decimal'} format */
  constructor(market, format) {
    this.#market = market;
    this.#format = format;
    this.#hasBest = !market.endsWith(LAY);
    this.#more.addEventListener('click', () => {
      this.#isUnfolded = !this.#isUnfolded;
      this.#order();
    });
    // It scrolls sideways where it is wider than the screen, so it must be reachable by keyboard.
    this.element = element('div', { class: 'market', 'data-market': market, role: 'region', 'aria-label': market, tabindex: '0' },
      element('table', {}, element('caption', {}, `${market.replaceAll('_', ' ')} `, this.#note), element('thead', {}, this.#head), this.#body, this.#others),
      this.#more);
    this.element.classList.toggle('lay', !this.#hasBest);
  }

  set format(format) {
    this.#format = format;
    for (const row of this.#rows.values()) row.touchAll();
    this.#draw();
  }

  /** Forgets which books there were. */
  startOver() {
    this.#seen.clear();
    this.#isOutOfOrder = true;
  }

  /**
   * Shows what the board holds of it.
   * @param {Price[]} prices those of this market @param {Game|null} game
   * @param {(price: Price) => number|null} unconfirmedSince when a price was confirmed last, if that is too long ago
   */
  show(prices, game, unconfirmedSince) {
    this.#game = game;
    const byOutcome = Map.groupBy(prices, ({ outcome, points }) => `${outcome}\n${points}`);
    for (const [id, [{ outcome, points }]] of byOutcome)
      if (!this.#rows.has(id)) this.#rows.set(id, new OutcomeRow(outcome, points, this.#hasBest));
    for (const [id, row] of this.#rows)
      this.#isOutOfOrder = row.take(new Map(byOutcome.get(id)?.map(price => [price.book, price])), unconfirmedSince) || this.#isOutOfOrder;
    for (const { book, price } of prices) {
      if (price === null || this.#seen.has(book)) continue;
      this.#seen.add(book);
      this.#isOutOfOrder = true;
    }
    this.#draw();
  }

  #draw() {
    if (this.#isOutOfOrder) this.#order();
    this.#label();
    for (const row of this.#rows.values()) row.draw(this.#books, this.#format);
    this.#drawNote();
  }

  #order() {
    this.#isOutOfOrder = false;
    for (const [id, row] of this.#rows) if (row.isEmpty) this.#rows.delete(id);
    const rows = [...this.#rows.values()].sort((a, b) => Math.abs(a.points ?? 0) - Math.abs(b.points ?? 0) || this.#rankOf(a.outcome).localeCompare(this.#rankOf(b.outcome)) || a.points - b.points);
    this.#books = [...new Set([...this.#seen, ...rows.flatMap(row => row.offers.map(({ price }) => price.book))])].sort();
    const columns = [['outcome', 'Outcome'], ...(this.#hasBest ? [['top', 'Best'], ['trend', 'Trend']] : []), ...this.#books.map(book => ['book', book])];
    this.#head.replaceChildren(...columns.map(([kind, text]) => element('th', { scope: 'col', class: kind, title: text }, text)));
    this.element.style.setProperty('--books', `${this.#books.length}`);
    rows.forEach(row => row.layOut(this.#books));
    const main = rows.filter(row => row.isMain);
    const others = main.length > 0 ? rows.filter(row => !row.isMain) : [];
    arrange(this.#body, (main.length > 0 ? main : rows).map(row => row.element));
    arrange(this.#others, others.map(row => row.element));
    this.#others.hidden = !this.#isUnfolded;
    this.#more.hidden = others.length === 0;
    this.#more.setAttribute('aria-expanded', `${this.#isUnfolded}`);
    setText(this.#more, this.#isUnfolded ? 'Fewer lines' : `${others.length} more ${others.length === 1 ? 'line' : 'lines'}`);
    this.element.hidden = rows.length === 0;
  }

  #label() {
    const rows = [...this.#rows.values()];
    // Where a handicap is given, it is also taken.
    const isSigned = this.#market === HANDICAPS || rows.some(({ points }) => points < 0);
    const names = new Map([['home', this.#game?.home_team.name], ['away', this.#game?.away_team.name], ['draw', 'Draw'], ['over', 'Over'], ['under', 'Under']]);
    const labels = JSON.stringify([isSigned, rows.length, ...names.values()]);
    if (labels === this.#labels) return;
    this.#labels = labels;
    for (const row of rows) {
      const name = names.get(row.outcome) ?? row.outcome;
      row.label = row.points === null ? name : `${name} ${pointsText(row.points, isSigned)}`;
    }
  }

  /** Says of the whole market, or of whole books, that they are suspended or were not confirmed for long. */
  #drawNote() {
    const offers = [...this.#rows.values()].flatMap(row => row.offers);
    const isSuspended = offers.length > 0 && offers.every(offer => offer.isSuspended);
    this.element.classList.toggle('suspended', isSuspended);
    const old = [...Map.groupBy(offers.filter(offer => !offer.isSuspended), offer => offer.price.book)]
      .filter(([, ofBook]) => ofBook.every(offer => offer.since !== null))
      .map(([book, ofBook]) => ({ book, since: Math.max(...ofBook.map(offer => offer.since)) }));
    setText(this.#note, isSuspended ? 'suspended' : old.length === 0 ? ''
      : old.length === this.#books.length ? `not confirmed since ${timeText(Math.max(...old.map(({ since }) => since)))}`
      : old.map(({ book, since }) => `${book} not confirmed since ${timeText(since)}`).join(', '));
  }

  /** The sides as the game has them, a draw between them; then the rest by name. */
  #rankOf(outcome) {
    const [first, second] = this.#game ? inOrder(this.#game).map(({ side }) => side) : ['home', 'away'];
    const ranks = [first, 'draw', second, 'over', 'under'];
    return (ranks.indexOf(outcome) + 1 || ranks.length + 1) + outcome;
  }
}
