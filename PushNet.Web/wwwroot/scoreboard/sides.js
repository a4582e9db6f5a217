// The two sides of a game, a line each: badge, name and score.

import { element, flash, setText } from './dom.js';
import { badgeText, hueOf, inOrder } from './games.js';

export class Sides {
  #lines;
  #isNew = true;

  /** @param {import('../pushnet-client.js').Game} game */
  constructor(game) {
    this.#lines = inOrder(game).map(({ team, side }) => {
      const badge = element('span', { class: 'badge', 'aria-hidden': 'true' }, badgeText(team));
      badge.style.setProperty('--hue', `${hueOf(team)}`);
      const score = element('b', { class: 'score' });
      return { side, score, line: element('span', { class: 'team' }, badge, element('span', { class: 'name', title: team.name }, team.name), score) };
    });
    this.elements = this.#lines.map(({ line }) => line);
    this.show(game);
    this.#isNew = false;
  }

  /** Shows the score, and lights up what changed in it. @param {import('../pushnet-client.js').Game} game @returns {boolean} whether something did */
  show({ scores }) {
    const pointsOf = side => scores[`score_${side}`];
    const most = Math.max(...this.#lines.map(({ side }) => pointsOf(side) ?? 0));
    for (const { side, line } of this.#lines) line.classList.toggle('trails', (pointsOf(side) ?? 0) < most);
    const moved = this.#lines.filter(({ side, score }) => setText(score, `${pointsOf(side) ?? '–'}`));
    if (!this.#isNew) moved.forEach(({ line }) => flash(line, 'change'));
    return moved.length > 0;
  }
}
