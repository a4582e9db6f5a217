// The row of an outcome: what each book offers on it, the best of these offers, and how that went.

import { arrange, element, flash, setText } from './dom.js';
import { decimalOf, priceText } from './price.js';
import { Sparkline } from './sparkline.js';

/** @typedef {import('../pushnet-client.js').Price} Price */

export class OutcomeRow {
  /** The offers that are drawn, by book. Suspended ones stay with the price that they had. @type {Map<string, Offer>} */
  #offers = new Map();
  /** @type {Map<string, HTMLElement>} */ #cells = new Map();
  /** Books whose cells are to be drawn. @type {Set<string>} */ #touched = new Set();
  #heading = element('th', { scope: 'row' });
  #best;
  #trend;

  /** @param {string} outcome @param {number|null} points @param {boolean} hasBest whether books compete on it */
  constructor(outcome, points, hasBest) {
    this.outcome = outcome;
    this.points = points;
    this.#best = hasBest ? element('td', { class: 'top' }, '–') : null;
    this.#trend = hasBest ? new Sparkline() : null;
    this.element = element('tr', { 'data-outcome': outcome });
  }

  /** True when nothing is offered and nothing is suspended. */
  get isEmpty() {
    return this.#offers.size === 0;
  }

  get isMain() {
    return [...this.#offers.values()].some(offer => offer.price.main);
  }

  get offers() {
    return [...this.#offers.values()];
  }

  set label(text) {
    setText(this.#heading, text);
  }

  touchAll() {
    for (const book of this.#cells.keys()) this.#touched.add(book);
  }

  /**
   * Takes what the board holds of a book's offer now.
   * @param {string} book @param {Price|undefined} price undefined when there is none
   * @param {number|null} since when it was last confirmed, if that is too long ago
   * @returns {boolean} whether more changed than the price: whether there is one, is suspended, is of a main line, or is confirmed
   */
  take(book, price, since) {
    const held = this.#offers.get(book);
    if (price ? price === held?.told && since === held.since : held === undefined || held.isSuspended) return false;
    this.#touched.add(book);
    if (price && price.price !== null) {
      const before = held && !held.isSuspended && held.price.price !== price.price ? held.price.price : held?.before;
      this.#offers.set(book, { price, told: price, before, isSuspended: false, since });
      return !held || held.isSuspended || held.since !== since || held.price.main !== price.main;
    }
    // A snapshot leaves out what is suspended, so an offer that was seen suspended stays so until there is a price or another reason.
    if (!held || price?.reason !== 'suspended') return this.#offers.delete(book);
    this.#offers.set(book, { ...held, told: price, isSuspended: true, since: null });
    return true;
  }

  /** @param {string[]} books */
  layOut(books) {
    const cells = books.map(book => this.#cells.get(book)
      ?? element('td', { 'data-book': book }, element('span', { class: 'price' }, '–')));
    for (const book of books) if (!this.#cells.has(book)) this.#touched.add(book);
    this.#cells = new Map(books.map((book, i) => [book, cells[i]]));
    arrange(this.element, [this.#heading, ...(this.#best ? [this.#best, this.#trend.element] : []), ...cells]);
  }

  /** Shows what changed since the last time. @param {string[]} books @param {'american'|'decimal'} format */
  draw(books, format) {
    if (this.#touched.size === 0) return;
    for (const book of this.#touched) this.#drawCell(this.#cells.get(book), this.#offers.get(book), format);
    this.#touched.clear();
    if (this.#best) this.#drawBest(books, format);
  }

  #drawCell(cell, offer, format) {
    if (!cell) return;
    setText(cell.firstChild, offer ? priceText(offer.price.price, format) : '–');
    cell.classList.toggle('suspended', offer?.isSuspended === true);
    cell.classList.toggle('unconfirmed', offer?.since != null);
    if (!offer || offer.isSuspended) delete cell.dataset.move;
    if (offer?.before !== undefined && !offer.isSuspended) {
      cell.dataset.move = decimalOf(offer.price.price) > decimalOf(offer.before) ? 'up' : 'down';
      flash(cell.firstChild, cell.dataset.move);
      offer.before = undefined;
    }
  }

  #drawBest(books, format) {
    const payouts = new Map([...this.#offers]
      .filter(([, offer]) => !offer.isSuspended)
      .map(([book, { price }]) => [book, decimalOf(price.price)]));
    const best = Math.max(...payouts.values());
    const isSplit = best > Math.min(...payouts.values());
    for (const book of books) {
      const cell = this.#cells.get(book);
      const isBest = isSplit && payouts.get(book) === best;
      const offer = this.#offers.get(book);
      cell.classList.toggle('best', isBest);
      const says = isBest ? 'best price' : offer?.isSuspended ? 'suspended' : '';
      if (says) cell.setAttribute('aria-description', says);
      else cell.removeAttribute('aria-description');
    }
    const bestBook = books.find(book => payouts.get(book) === best);
    const isSuspended = !bestBook && !this.isEmpty;
    this.#best.classList.toggle('unconfirmed', bestBook !== undefined && this.#offers.get(bestBook).since !== null);
    this.#best.classList.toggle('suspended', isSuspended);
    if (!isSuspended) setText(this.#best, bestBook ? priceText(this.#offers.get(bestBook).price.price, format) : '–');
    this.#trend.add(best);
  }
}

/**
 * @typedef {object} Offer
 * @property {Price} price the last one
 * @property {Price|undefined} told what the board held when it was taken
 * @property {number} [before] the American odds that were drawn before
 * @property {boolean} isSuspended
 * @property {number|null} since when it was last confirmed, if that is too long ago; in milliseconds as of `Date.now()`
 */
