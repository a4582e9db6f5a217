// How the connections are doing: state, events per second, latency, and what was lost.

import { setText } from './dom.js';
import { clients } from './session.js';

const TICK_MS = 500;
const WINDOW_MS = 3_000;
const CAUGHT_UP_MS = 5_000;
const EVENTS = new Set(['new_game', 'game_update', 'score_change', 'status_change', 'game_final', 'price_change']);
const WORDS = {
  connecting: 'connecting',
  open: 'connected',
  waiting: 'reconnecting',
  unauthorized: 'no key',
  refused: 'refused',
  closed: 'no key',
};
const WORST_FIRST = ['unauthorized', 'refused', 'waiting', 'connecting', 'closed', 'open'];

/** @type {{ at: number, age: number }[]} */ let events = [];
/** @type {WeakMap<object, number>} */ const dropped = new WeakMap();
/** @type {WeakSet<object>} */ const followed = new WeakSet();
let skipped = 0;
let caughtUpAt = -Infinity;

/** Shows it from now on. */
export function showStatus() {
  setInterval(draw, TICK_MS);
  draw();
}

function follow(client) {
  if (followed.has(client)) return;
  followed.add(client);
  client.addEventListener('state', draw);
  client.addEventListener('frame', ({ detail }) => {
    if (EVENTS.has(detail.type)) events.push({ at: performance.now(), age: Date.now() + client.clockOffsetMs - detail.ts });
    else if (detail.type === 'lagged') {
      skipped += client.board.dropped - (dropped.get(client) ?? 0);
      dropped.set(client, client.board.dropped);
      draw();
    }
  });
}

function draw() {
  for (const client of clients) follow(client);
  const now = performance.now();
  events = events.filter(event => event.at > now - WINDOW_MS);
  const worst = [...clients].sort((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state))[0];

  document.body.dataset.state = worst.state;
  document.getElementById('connection').classList.toggle('good', worst.state === 'open');
  const seconds = worst.retryAt === null ? 0 : Math.max(0, Math.ceil((worst.retryAt - Date.now()) / 1_000));
  setText(document.getElementById('connection'), worst.state === 'waiting' ? `${WORDS.waiting} in ${seconds} s` : WORDS[worst.state]);
  setText(document.getElementById('rate'), `${Math.round(events.length / (WINDOW_MS / 1_000))}`);
  setText(document.getElementById('latency'), events.length > 0 ? ageText(median(events.map(event => event.age))) : '–');
  drawNotice(worst, now);
}

function drawNotice(worst, now) {
  const isStale = [...clients].some(client => client.board.stale);
  if (isStale) caughtUpAt = now;
  const text = worst.error ?? (isStale
    ? `This page fell behind, and ${skipped.toLocaleString('en')} updates were skipped; fresh ones are on the way.`
    : oldText() ?? (now - caughtUpAt < CAUGHT_UP_MS ? `Caught up again; ${skipped.toLocaleString('en')} updates were skipped.` : ''));
  if (!text) skipped = 0;
  const notice = document.getElementById('notice');
  setText(notice, text);
  notice.hidden = !text;
}

/** How old the data is of the sources that the server hears nothing of; null when it hears of all. */
function oldText() {
  const client = [...clients].find(one => one.state === 'open' && one.board.staleFeeds.length > 0);
  if (!client) return null;
  const now = Date.now() + client.clockOffsetMs;
  const feeds = client.board.staleFeeds.map(({ name, last_observation_ms: last }) =>
    (last === null ? `nothing has come from ${name} yet` : `nothing has come from ${name} for ${spanText(now - last)}`));
  return `What you see may be old: ${feeds.join(', ')}.`;
}

const spanText = ms => (ms < 120_000 ? `${Math.max(0, Math.round(ms / 1_000))} s`
  : ms < 7_200_000 ? `${Math.floor(ms / 60_000)} min` : `${Math.floor(ms / 3_600_000)} h`);

const median = numbers => numbers.sort((a, b) => a - b)[numbers.length >> 1];

const ageText = ms => (ms < 1 ? '< 1 ms' : ms < 10_000 ? `${Math.round(ms)} ms`
  : ms < 600_000 ? `${Math.round(ms / 1_000)} s` : '> 10 min');
