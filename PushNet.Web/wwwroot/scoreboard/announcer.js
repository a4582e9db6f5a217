// Tells screen readers what changed, without talking all the time.

const PAUSE_MS = 3_000;
const line = document.getElementById('announcer');
/** @type {string[]} */ let waiting = [];
let timer;

/** @param {string} text */
export function announce(text) {
  waiting.push(text);
  timer ??= setTimeout(() => {
    timer = undefined;
    line.textContent = waiting.slice(-3).join('. ');
    waiting = [];
  }, PAUSE_MS);
}
