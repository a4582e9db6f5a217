// How the best price of an outcome moved, change by change, as a small line. The numbers beside it say where it is now.

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 100;
const HEIGHT = 24;
const MOST_VALUES = 60;

export class Sparkline {
  /** @type {number[]} */ #values = [];
  #svg = document.createElementNS(SVG, 'svg');
  #area = document.createElementNS(SVG, 'polygon');
  #line = document.createElementNS(SVG, 'polyline');

  constructor() {
    this.#svg.setAttribute('viewBox', `0 -2 ${WIDTH} ${HEIGHT + 4}`);
    this.#svg.setAttribute('preserveAspectRatio', 'none');
    this.#svg.setAttribute('aria-hidden', 'true');
    this.#area.setAttribute('class', 'area');
    this.#svg.append(this.#area, this.#line);
    this.element = document.createElement('td');
    this.element.className = 'trend';
    this.element.append(this.#svg);
  }

  /** Adds a value that holds from now on. @param {number} value */
  add(value) {
    if (!Number.isFinite(value) || this.#values.at(-1) === value) return;
    this.#values.push(value);
    if (this.#values.length > MOST_VALUES) this.#values.shift();
    const path = this.#path();
    this.#line.setAttribute('points', path);
    this.#area.setAttribute('points', `0,${HEIGHT + 2} ${path} ${WIDTH},${HEIGHT + 2}`);
    this.#svg.toggleAttribute('data-flat', this.#values.length < 2);
  }

  #path() {
    const values = this.#values.length > 1 ? this.#values : [this.#values[0], this.#values[0]];
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const y = value => (high > low ? HEIGHT - ((value - low) / (high - low)) * HEIGHT : HEIGHT / 2);
    return values.map((value, i) => `${((i / (values.length - 1)) * WIDTH).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  }
}
