// The table of one market: an outcome is a row, a book is a column.

import { arrange, element, setText } from './dom.js';
import { inOrder } from './games.js';
import { OutcomeRow } from './outcome-row.js';
import { pointsText } from './price.js';
import { timeText } from './seen.js';

/** @typedef {import('../pushnet-client.js').Game} Game */
/** @typedef {import('../pushnet-client.js').Price} Price */
/** @typedef {(price: Price) => number|null} UnconfirmedSince when a price was last confirmed, if that is too long ago */

// Lay offers of an exchange are not prices to back at, so none of them is the best.
const LAY = '_lay';
const HANDICAPS = 'spreads';

const idOf = ({ outcome, points }) => `${outcome}\n${points}`;

/** The market that a market of lay offers belongs to; otherwise the market itself. @param {string} market */
export const backMarketOf = market => (market.endsWith(LAY) ? market.slice(0, -LAY.length) : market);

export class MarketTable {
  #market;
  #format;
  #hasBest;
  /** @type {Game|null} */ #game = null;
  /** @type {Map<string, OutcomeRow>} */ #rows = new Map();
  /** Books that had a price since it started over: a column that comes and goes would move all others. @type {Set<string>} */
  #seen = new Set();
  /** @type {string[]} */ #books = [];
  #isOutOfOrder = true;
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
    // It scrolls sideways where it is wider than the screen, so the keyboard must be able to reach it.
    this.element = element('div', { class: 'market', 'data-market': market, role: 'region', 'aria-label': market, tabindex: '0' },
      element('table', {}, element('caption', {}, `${market.replaceAll('_', ' ')} `, this.#note),
        element('thead', {}, this.#head), this.#body, this.#others),
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
   * Takes what the board holds of some of its outcomes, to be drawn.
   * @param {Price[]} prices @param {UnconfirmedSince} unconfirmedSince
   */
  take(prices, unconfirmedSince) {
    for (const price of prices) {
      const id = idOf(price);
      let row = this.#rows.get(id);
      if (!row) this.#rows.set(id, row = new OutcomeRow(price.outcome, price.points, this.#hasBest));
      const hasChanged = row.take(price.book, price, price.price === null ? null : unconfirmedSince(price));
      this.#isOutOfOrder ||= hasChanged || row.isEmpty;
      if (price.price !== null) this.#seen.add(price.book);
    }
  }

  /** Takes what the board holds of it, and nothing else. @param {Price[]} prices @param {UnconfirmedSince} unconfirmedSince */
  fill(prices, unconfirmedSince) {
    const books = Map.groupBy(prices, idOf);
    for (const [id, row] of this.#rows) {
      const held = new Set(books.get(id)?.map(price => price.book));
      for (const { price } of row.offers) if (!held.has(price.book)) row.take(price.book, undefined, null);
    }
    this.#isOutOfOrder = true;
    this.take(prices, unconfirmedSince);
  }

  /** Shows what was taken. @param {Game} game */
  show(game) {
    if (game.home_team !== this.#game?.home_team || game.away_team !== this.#game?.away_team) this.#isOutOfOrder = true;
    this.#game = game;
    this.#draw();
  }

  #draw() {
    if (this.#isOutOfOrder) this.#order();
    for (const row of this.#rows.values()) row.draw(this.#books, this.#format);
  }

  #order() {
    this.#isOutOfOrder = false;
    for (const [id, row] of this.#rows) if (row.isEmpty) this.#rows.delete(id);
    const rows = [...this.#rows.values()].sort((a, b) => Math.abs(a.points ?? 0) - Math.abs(b.points ?? 0)
      || this.#rankOf(a.outcome).localeCompare(this.#rankOf(b.outcome))
      || a.points - b.points);
    this.#books = [...new Set([...this.#seen, ...rows.flatMap(row => row.offers.map(({ price }) => price.book))])].sort();
    const columns = [['outcome', 'Outcome'], ...(this.#hasBest ? [['top', 'Best'], ['trend', 'Trend']] : []),
      ...this.#books.map(book => ['book', book])];
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
    this.#label(rows);
    this.#drawNote(rows);
  }

  #label(rows) {
    // Where a handicap is given, it is also taken.
    const isSigned = this.#market === HANDICAPS || rows.some(({ points }) => points < 0);
    const names = new Map([['home', this.#game?.home_team.name], ['away', this.#game?.away_team.name],
      ['draw', 'Draw'], ['over', 'Over'], ['under', 'Under']]);
    for (const row of rows) {
      const name = names.get(row.outcome) ?? row.outcome;
      row.label = row.points === null ? name : `${name} ${pointsText(row.points, isSigned)}`;
    }
  }

  /** Says of the whole market, or of whole books, that they are suspended or were not confirmed for a long time. */
  #drawNote(rows) {
    const offers = rows.flatMap(row => row.offers);
    const isSuspended = offers.length > 0 && offers.every(offer => offer.isSuspended);
    this.element.classList.toggle('suspended', isSuspended);
    const old = [...Map.groupBy(offers.filter(offer => !offer.isSuspended), offer => offer.price.book)]
      .filter(([, ofBook]) => ofBook.every(offer => offer.since !== null))
      .map(([book, ofBook]) => ({ book, since: Math.max(...ofBook.map(offer => offer.since)) }));
    setText(this.#note, isSuspended ? 'suspended' : old.length === 0 ? ''
      : old.length === this.#books.length ? `not confirmed since ${timeText(Math.max(...old.map(({ since }) => since)))}`
      : old.map(({ book, since }) => `${book} not confirmed since ${timeText(since)}`).join(', '));
  }

  /** The sides in the order of the game with a draw between them, and then the rest by name. */
  #rankOf(outcome) {
    const [first, second] = this.#game ? inOrder(this.#game).map(({ side }) => side) : ['home', 'away'];
    const ranks = [first, 'draw', second, 'over', 'under'];
    return (ranks.indexOf(outcome) + 1 || ranks.length + 1) + outcome;
  }
}
