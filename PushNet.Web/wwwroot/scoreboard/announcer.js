// Tells screen readers what changed, without talking all the time.

const PAUSE_MS = 3_000;
const line = document.getElementById('announcer');
/** What will be told, by the game that it is about. @type {Map<string, string>} */ let waiting = new Map();
let timer;

/**
 * Says what happened in a game, a moment later. What the same game had to say before that is out of date.
 * @param {string} gameId @param {string} text
 */
export function announce(gameId, text) {
  waiting.delete(gameId);
  waiting.set(gameId, text);
  timer ??= setTimeout(() => {
    timer = undefined;
    line.textContent = [...waiting.values()].slice(-3).join('. ');
    waiting = new Map();
  }, PAUSE_MS);
}
