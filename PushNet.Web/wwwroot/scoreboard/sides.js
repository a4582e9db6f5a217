// The two sides of a game, a line each: badge, name, sets, score and shoot-out.

import { arrange, element, flash, setText } from './dom.js';
import { badgeText, hueOf, inOrder, pointText, trailing } from './games.js';
import { setsOf, shootOutOf } from './periods.js';

export class Sides {
  #lines;
  #isNew = true;

  /** @param {import('../pushnet-client.js').Game} game */
  constructor(game) {
    this.#lines = inOrder(game).map(({ side }) => new Line(side));
    this.elements = this.#lines.map(line => line.element);
    this.show(game);
    this.#isNew = false;
  }

  /**
   * Shows names and score, and lights up what changed in the score.
   * @param {import('../pushnet-client.js').Game} game
   * @returns {boolean} whether anything did
   */
  show(game) {
    const behind = trailing(game);
    const moved = this.#lines.filter(line => line.show(game, behind));
    if (!this.#isNew) moved.forEach(line => flash(line.element, 'change'));
    return moved.length > 0;
  }
}

class Line {
  #side;
  #badge = element('span', { class: 'badge', 'aria-hidden': 'true' });
  #name = element('span', { class: 'name' });
  #sets = element('span', { class: 'sets' });
  #score = element('b', { class: 'score' });
  #shootOut = element('span', { class: 'shoot-out' });
  element = element('span', { class: 'team' }, this.#badge, this.#name,
    element('span', { class: 'points' }, this.#sets, this.#score, this.#shootOut));

  /** @param {'home'|'away'} side */
  constructor(side) {
    this.#side = side;
  }

  /** @param {import('../pushnet-client.js').Game} game @param {'home'|'away'|null} behind @returns {boolean} whether the score changed */
  show(game, behind) {
    const team = game[`${this.#side}_team`];
    setText(this.#badge, badgeText(team));
    this.#badge.style.setProperty('--hue', `${hueOf(team)}`);
    if (setText(this.#name, team.name)) this.#name.title = team.name;
    this.element.classList.toggle('trails', behind === this.#side);
    this.element.classList.toggle('won', game.winner === this.#side);
    const shootOut = shootOutOf(game);
    setText(this.#shootOut, shootOut ? `(${pointText(shootOut[this.#side])})` : '');
    const setsMoved = this.#showSets(setsOf(game));
    return setText(this.#score, pointText(game.scores[`score_${this.#side}`])) || setsMoved;
  }

  /** @param {import('../pushnet-client.js').Period[]} sets */
  #showSets(sets) {
    const before = this.#sets.textContent;
    arrange(this.#sets, sets.map((set, i) => this.#sets.children[i] ?? element('span')));
    sets.forEach((set, i) => {
      const other = this.#side === 'home' ? set.away : set.home;
      setText(this.#sets.children[i], pointText(set[this.#side]));
      this.#sets.children[i].classList.toggle('ahead', set[this.#side] > other);
    });
    return this.#sets.textContent !== before;
  }
}
