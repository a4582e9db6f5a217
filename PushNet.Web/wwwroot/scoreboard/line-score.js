// The score by quarters, halves or innings, as a small table.

import { element } from './dom.js';
import { badgeText, inOrder, pointText } from './games.js';
import { lineScoreOf } from './periods.js';

export class LineScore {
  #most;
  #shown = '';
  element = element('table', { class: 'line-score', 'aria-label': 'Score by period' });

  /** @param {number} [most] how many periods there is room for; the last ones are shown */
  constructor(most = Infinity) {
    this.#most = most;
    this.element.hidden = true;
  }

  /** @param {import('../pushnet-client.js').Game} game */
  show(game) {
    const all = lineScoreOf(game);
    const periods = all.slice(Math.max(0, all.length - this.#most));
    const sides = inOrder(game);
    const shown = JSON.stringify([periods, sides]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.element.hidden = periods.length === 0;
    if (periods.length === 0) return this.element.replaceChildren();
    const heading = element('tr', {}, element('td'), ...periods.map(({ name }) => element('th', { scope: 'col' }, name)));
    const lines = sides.map(({ side, team }) => element('tr', {},
      element('th', { scope: 'row', title: team.name }, badgeText(team)),
      ...periods.map(period => element('td', {}, pointText(period[side])))));
    this.element.replaceChildren(element('thead', {}, heading), element('tbody', {}, ...lines));
  }
}
