// The prices of one game, and the games to choose from.

import { arrange, element, oncePerFrame, setText } from './dom.js';
import { byPlace, clockText, leagueText, NO_GAME, oddsAddress, shortText } from './games.js';
import { MarketTable } from './market-table.js';
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
  /** @type {import('../pushnet-client.js').Game|null} */ #last = null;

  #choice = element('nav', { class: 'choice', 'aria-label': 'Games' });
  #empty = element('p', { class: 'empty' });
  #heading;
  #title = element('h2', { class: 'title' });
  /** @type {Sides|null} */ #sides = null;
  #clock = element('p', { class: 'clock' });
  #markets = element('div', { class: 'markets' });
  #draw = oncePerFrame(() => this.#drawNow());

  /** @param {HTMLElement} root @param {import('../pushnet-client.js').PushNetClient} games the connection that knows the live games */
  constructor(root, games) {
    root.prepend(this.#choice, this.#empty);
    this.#heading = root.querySelector('.heading');
    this.#heading.prepend(element('div', { class: 'sides' }, this.#clock, this.#title));
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

  /** @param {boolean} isShown @param {string|null} id of the game; null: the first that is live */
  show(isShown, id) {
    this.#isShown = isShown;
    if (!isShown || id !== this.#id) this.#leave();
    if (isShown && id && !this.#client) this.#enter(id);
    this.#draw();
  }

  #enter(id) {
    this.#id = id;
    const client = this.#client = open(`ws/odds?prices=snapshot&game=${encodeURIComponent(id)}`);
    client.addEventListener('frame', ({ detail }) => {
      if (detail.type === 'snapshot') this.#fill();
      else if (detail.type === 'price_change') this.#tableOf(detail.pn_market_type).move(detail);
      this.#draw();
    });
  }

  #leave() {
    if (this.#client) close(this.#client);
    this.#client = this.#id = this.#last = this.#sides = null;
    this.#tables.clear();
    this.#markets.replaceChildren();
  }

  #fill() {
    const prices = [...this.#client.board.prices.get(this.#id)?.values() ?? []];
    const byMarket = Map.groupBy(prices, price => price.market);
    for (const market of new Set([...this.#tables.keys(), ...byMarket.keys()])) this.#tableOf(market).fill(byMarket.get(market) ?? []);
  }

  #tableOf(market) {
    let table = this.#tables.get(market);
    if (!table) {
      table = new MarketTable(market, this.#client.board.games.get(this.#id) ?? this.#last, this.#format);
      this.#tables.set(market, table);
      const rank = name => (MARKETS.indexOf(name) + 1 || MARKETS.length + 1) + name;
      arrange(this.#markets, [...this.#tables].sort(([a], [b]) => rank(a).localeCompare(rank(b))).map(([, one]) => one.element));
    }
    return table;
  }

  #drawNow() {
    if (!this.#isShown) return;
    const games = [...this.#games.board.games.values()].sort(byPlace);
    if (!this.#id && games.length > 0) return location.replace(oddsAddress(games[0]));
    this.#drawChoice(games);
    const game = this.#client?.board.games.get(this.#id);
    if (game) this.#drawTitle(this.#last = game);
    const message = game ? ''
      : this.#client && this.#client.state !== 'open' ? 'Waiting for the prices of this game.'
      : games.length > 0 ? 'This game is not live. Choose one that is.' : NO_GAME;
    if (this.#last) setText(this.#clock, message || [leagueText(game).toUpperCase(), clockText(game)].filter(Boolean).join(' · '));
    setText(this.#empty, message);
    this.#empty.hidden = this.#last !== null;
    this.#heading.hidden = this.#last === null;
    for (const table of this.#tables.values()) table.draw();
  }

  #drawTitle(game) {
    if (this.#sides) return this.#sides.show(game);
    this.#sides = new Sides(game);
    this.#title.replaceChildren(...this.#sides.elements);
  }

  #drawChoice(games) {
    const links = new Map([...this.#choice.children].map(link => [link.dataset.game, link]));
    arrange(this.#choice, games.map(game => links.get(game.game_id) ?? element('a', { href: oddsAddress(game), 'data-game': game.game_id })));
    games.forEach((game, i) => {
      const link = this.#choice.children[i];
      setText(link, shortText(game));
      const isCurrent = game.game_id === this.#id;
      if (isCurrent === link.hasAttribute('aria-current')) return;
      if (!isCurrent) return link.removeAttribute('aria-current');
      link.setAttribute('aria-current', 'true');
      link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
  }
}
