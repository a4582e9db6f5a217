// The scoreboard: which view is shown, and what both of them have.

import { LiveView } from './live.js';
import { OddsView } from './odds.js';
import { changeKey, open } from './session.js';
import { showStatus } from './status.js';

const FORMAT = 'pushnet.odds-format';
const views = { live: document.getElementById('live'), odds: document.getElementById('odds') };

const games = open('ws/live?details=1');
const live = new LiveView(views.live, games);
const odds = new OddsView(views.odds, games);
showStatus();

for (const input of document.querySelectorAll('#odds-format input')) {
  input.checked = input.value === (localStorage.getItem(FORMAT) ?? 'american');
  if (input.checked) odds.format = input.value;
  input.addEventListener('change', () => {
    localStorage.setItem(FORMAT, odds.format = input.value);
  });
}

document.getElementById('change-key').addEventListener('click', changeKey);
const wallButton = document.getElementById('to-wall');
wallButton.addEventListener('click', () => showWall(!isWall()));
addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && document.body.dataset.view === 'wall' && !isAsking()) showWall(false);
});
addEventListener('fullscreenchange', () => {
  if (!document.fullscreenElement && isWall() && !isAsking()) showWall(false);
});
addEventListener('hashchange', route);
addEventListener('popstate', route);
route();

function isWall() {
  return new URLSearchParams(location.search).has('wall');
}

/** True while a dialog is open: what ends it leaves the wall as it is. */
function isAsking() {
  return document.querySelector('dialog[open]') !== null;
}

/** Fills the screen with live games, or goes back to the page. @param {boolean} isWanted */
function showWall(isWanted) {
  history.pushState(null, '', `${location.pathname}${isWanted ? '?wall' : ''}#/live`);
  // Where the browser refuses, the window is filled.
  if (isWanted) document.documentElement.requestFullscreen?.().catch(() => {});
  else if (document.fullscreenElement) document.exitFullscreen();
  route();
}

/** Shows what the address names: `#/live`, `#/odds`, `#/odds/GAME_ID`, and with `?wall` the live games on the whole screen. */
function route() {
  const [, view = 'live', game] = location.hash.split('/');
  const shown = Object.hasOwn(views, view) ? view : 'live';
  for (const [name, element] of Object.entries(views)) element.hidden = name !== shown;
  for (const link of document.querySelectorAll('nav[aria-label=Views] a')) {
    if (link.hash === `#/${shown}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.body.dataset.view = isWall() && shown === 'live' ? 'wall' : shown;
  live.isWall = document.body.dataset.view === 'wall';
  wallButton.setAttribute('aria-pressed', `${isWall()}`);
  odds.show(shown === 'odds', game ? decoded(game) : null);
}

/** Takes an address that a person mistyped as it is. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
