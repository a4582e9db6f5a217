// The prices of one game, and the games to choose from.

import { filterValue, outcomeKey } from '../pushnet-client.js';
import { arrange, element, oncePerFrame, setText } from './dom.js';
import { byPlace, clockText, leagueText, NO_GAME, oddsAddress, shortText } from './games.js';
import { LineScore } from './line-score.js';
import { backMarketOf, MarketTable } from './market-table.js';
import { timeText, watchSeen } from './seen.js';
import { close, open } from './session.js';
import { Sides } from './sides.js';

const MARKETS = ['moneyline', 'spreads', 'totals'];

export class OddsView {
  #games;
  /** @type {string|null} */ #id = null;
  #isShown = false;
  /** @type {import('../pushnet-client.js').PushNetClient|null} */ #client = null;
  /** @type {Map<string, MarketTable>} */ #tables = new Map();
  /** @type {'american'|'decimal'} */ #format = 'american';
  /** The game as it was last known. @type {import('../pushnet-client.js').Game|null} */ #last = null;
  /**
   * What was confirmed when it was last asked for, and the game at that time.
   * @type {{ confirmations: import('./seen.js').Confirmations, game: object|undefined }|null}
   */
  #asked = null;
  #stopWatching = () => {};
  /** The outcomes that moved since it was drawn, by key; null when any may have. @type {Set<string>|null} */ #moved = null;

  #choice = element('nav', { class: 'choice', 'aria-label': 'Games' });
  #empty = element('p', { class: 'empty' });
  #heading;
  #title = element('h2', { class: 'title' });
  /** @type {Sides|null} */ #sides = null;
  #lineScore = new LineScore();
  #clock = element('p', { class: 'clock' });
  #markets = element('div', { class: 'markets' });
  #draw = oncePerFrame(() => this.#drawNow());

  /** @param {HTMLElement} root @param {import('../pushnet-client.js').PushNetClient} games the connection that knows the live games */
  constructor(root, games) {
    root.prepend(this.#choice, this.#empty);
    this.#heading = root.querySelector('.heading');
    const periods = element('div', { class: 'periods', role: 'region', 'aria-label': 'Score by period', tabindex: '0' },
      this.#lineScore.element);
    this.#heading.prepend(element('div', { class: 'sides' }, this.#clock, this.#title), periods);
    root.append(this.#markets);
    this.#games = games;
    games.addEventListener('frame', this.#draw);
  }

  get format() {
    return this.#format;
  }

  set format(format) {
    this.#format = format;
    for (const table of this.#tables.values()) table.format = format;
  }

  /** @param {boolean} isShown @param {string|null} id of the game; null for the first that is live */
  show(isShown, id) {
    this.#isShown = isShown;
    if (!isShown || id !== this.#id) this.#leave();
    if (isShown && id && !this.#client) this.#enter(id);
    this.#draw();
  }

  #enter(id) {
    this.#id = id;
    const client = this.#client = open(`ws/odds?prices=snapshot&games=all&details=1&game=${filterValue(id)}`);
    client.addEventListener('frame', ({ detail }) => {
      if (detail.type === 'snapshot') for (const table of this.#tables.values()) table.startOver();
      if (detail.type === 'price_change') this.#moved?.add(outcomeKey(detail.pn_market_type, detail.book, detail.outcome, detail.points));
      else if (detail.game_id || detail.type === 'snapshot') this.#moved = null;
      this.#draw();
    });
    this.#stopWatching = watchSeen(client, id, confirmations => {
      this.#asked = { confirmations, game: this.#game };
      this.#moved = null;
      this.#draw();
    });
  }

  #leave() {
    if (this.#client) close(this.#client);
    this.#stopWatching();
    this.#client = this.#id = this.#last = this.#sides = this.#asked = this.#moved = null;
    this.#tables.clear();
    this.#markets.replaceChildren();
  }

  /** The game that is shown. It may have been asked for by its slug. */
  get #game() {
    return [...this.#client?.board.games.values() ?? []].find(game => game.game_id === this.#id || game.pn_slug === this.#id);
  }

  #drawNow() {
    if (!this.#isShown) return;
    const games = [...this.#games.board.games.values()].sort(byPlace);
    if (!this.#id && games.length > 0) return location.replace(oddsAddress(games[0]));
    this.#drawChoice(games);
    const game = this.#game;
    const message = game ? ''
      : this.#client && this.#client.state !== 'open' ? 'Waiting for the prices of this game.'
      : this.#id ? 'This game is not on the board. Choose one that is live.'
      : NO_GAME;
    if (game) this.#drawTitle(this.#last = game);
    if (this.#last) setText(this.#clock, message || this.#clockOf(game));
    setText(this.#empty, message);
    this.#empty.hidden = this.#last !== null;
    this.#heading.hidden = this.#last === null;
    this.#markets.classList.toggle('over', this.#last !== null && game?.status !== 'unplayed' && game?.status !== 'live');
    if (game) this.#drawMarkets(game);
  }

  #clockOf(game) {
    // What came since the question is a confirmation, and only a game that goes on has to be confirmed.
    const since = this.#asked?.game === game && game.status === 'live' ? this.#asked?.confirmations.sinceGame : null;
    this.#heading.classList.toggle('unconfirmed', since != null);
    return [leagueText(game).toUpperCase(), clockText(game), game.status === 'final' && this.#tables.size > 0 ? 'last prices' : '',
      since == null ? '' : `not confirmed since ${timeText(since)}`].filter(Boolean).join(' · ');
  }

  #drawMarkets(game) {
    const prices = this.#client.board.prices.get(game.game_id) ?? new Map();
    const unconfirmedSince = price => (game.status === 'final' ? null : this.#asked?.confirmations.sincePrice(price) ?? null);
    const moved = this.#moved && [...this.#moved].map(key => prices.get(key)).filter(Boolean);
    const byMarket = Map.groupBy(moved ?? prices.values(), price => price.market);
    for (const market of moved ? byMarket.keys() : new Set([...this.#tables.keys(), ...byMarket.keys()])) {
      const table = this.#tableOf(market);
      if (moved) table.take(byMarket.get(market), unconfirmedSince);
      else table.fill(byMarket.get(market) ?? [], unconfirmedSince);
    }
    for (const table of this.#tables.values()) table.show(game);
    this.#moved = new Set();
  }

  #tableOf(market) {
    let table = this.#tables.get(market);
    if (!table) {
      table = new MarketTable(market, this.#format);
      this.#tables.set(market, table);
      const rank = name => `${MARKETS.indexOf(backMarketOf(name)) + 1 || MARKETS.length + 1}${name}`;
      arrange(this.#markets, [...this.#tables].sort(([a], [b]) => rank(a).localeCompare(rank(b))).map(([, one]) => one.element));
    }
    return table;
  }

  #drawTitle(game) {
    this.#lineScore.show(game);
    this.#lineScore.element.parentElement.hidden = this.#lineScore.element.hidden;
    if (this.#sides) return this.#sides.show(game);
    this.#sides = new Sides(game);
    this.#title.replaceChildren(...this.#sides.elements);
  }

  #drawChoice(games) {
    const links = new Map([...this.#choice.children].map(link => [link.dataset.game, link]));
    arrange(this.#choice, games.map(game => links.get(game.game_id)
      ?? element('a', { href: oddsAddress(game), 'data-game': game.game_id })));
    games.forEach((game, i) => {
      const link = this.#choice.children[i];
      setText(link, shortText(game));
      const isCurrent = game.game_id === this.#game?.game_id;
      if (isCurrent === link.hasAttribute('aria-current')) return;
      if (!isCurrent) return link.removeAttribute('aria-current');
      link.setAttribute('aria-current', 'true');
      link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
  }
}
