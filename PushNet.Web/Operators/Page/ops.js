// The operator page: runs the commands that `ops` runs once a second, and keeps five minutes of their answers to draw.

const INTERVAL_MS = 1000;
const KEPT = 300;
const LEAST = 60;
const PLOTS = [
  { title: 'Connections', of: now => now.connections },
  { title: 'Events / s', of: (now, was, s) => (now.seq - was.seq) / s },
  { title: 'Deliveries / s', of: (now, was, s) => (now.deliveries - was.deliveries) / s },
  { title: 'Sent / s', unit: 'bytes', of: (now, was, s) => (now.bytes - was.bytes) / s },
  { title: 'Dropped / s', of: (now, was, s) => (dropped(now) - dropped(was)) / s },
  { title: 'CPU cores', of: (now, was, s) => (now.cpu_s - was.cpu_s) / s },
  { title: 'Heap', unit: 'bytes', of: now => now.heap_bytes },
  { title: 'GC pause per s', unit: 'ms', of: (now, was, s) => (now.gc_pause_ms - was.gc_pause_ms) / s },
];

const at = id => document.getElementById(id);
const dropped = status => status.dropped_by_subscribers + status.dropped_by_publishers;
const history = PLOTS.map(() => []);
let key = sessionStorage.getItem('pushnet-ops-key');
let last = null;
let run = 0;

class Refused extends Error {}

async function ask(path) {
  const response = await fetch(path, { headers: { Authorization: `Bearer ${key}` }, cache: 'no-store' });
  const body = await response.json();
  if (response.status === 401) throw new Refused(body.error);
  if (!response.ok) throw new Error(body.error);
  return body;
}

// The last word of a field's name is its unit.
const unitOf = name => name.split('_').at(-1);
const plain = value => value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : Math.abs(value) < 1000 ? 1 : 0 });

function bytes(value) {
  const step = Math.min(4, Math.floor(Math.log10(Math.max(value, 1)) / 3));
  return `${plain(value / 1000 ** step)} ${['B', 'kB', 'MB', 'GB', 'TB'][step]}`;
}

function seconds(value) {
  if (value < 120) return `${plain(value)} s`;
  if (value < 7200) return `${Math.floor(value / 60)} min`;
  return value < 172800 ? `${Math.floor(value / 3600)} h` : `${Math.floor(value / 86400)} d`;
}

function shown(value, unit) {
  if (value === null) return '–';
  if (typeof value !== 'number') return String(value);
  if (unit === 'bytes') return bytes(value);
  if (unit === 's') return seconds(value);
  if (unit === 'ms') return `${plain(value)} ms`;
  return unit === 'id' ? String(value) : plain(value);
}

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

const label = name => name.replace(/_(s|ms|bytes)$/, '').replaceAll('_', ' ');
const kind = value => (typeof value === 'number' ? 'n' : '');

function table(rows) {
  if (rows.length === 0) return element('p', 'none');
  const made = element('table');
  const head = made.createTHead().insertRow();
  for (const [name, value] of Object.entries(rows[0])) {
    const cell = element('th', label(name), kind(value));
    cell.scope = 'col';
    head.append(cell);
  }
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const [name, value] of Object.entries(row)) line.append(element('td', shown(value, unitOf(name)), kind(value)));
  }
  return made;
}

function tree(actor) {
  const item = element('li');
  item.append(element('b', actor.name), ' ', element('span', actor.type));
  if (actor.mailbox > 0) item.append(' ', element('span', `${plain(actor.mailbox)} waiting`, 'busy'));
  if (actor.children.length > 0) {
    const list = element('ul');
    list.append(...actor.children.map(tree));
    const more = actor.child_count - actor.children.length;
    if (more > 0) list.append(element('li', `and ${plain(more)} more`));
    item.append(list);
  }
  return item;
}

function shape(svg, name, points) {
  const made = document.createElementNS(svg.namespaceURI, name);
  made.setAttribute('points', points);
  svg.append(made);
}

function plot({ title, unit }, values) {
  const width = Math.max(values.length, LEAST) - 1;
  const begin = width + 1 - values.length;
  const most = Math.max(...values);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', `0 0 ${width} 100`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  const line = values.map((value, i) => `${begin + i},${98 - (94 * value) / (most || 1)}`).join(' ');
  shape(svg, 'polygon', `${begin},100 ${line} ${width},100`);
  shape(svg, 'polyline', line);
  const caption = element('figcaption');
  caption.append(element('span', title), element('b', shown(values.at(-1), unit)), `max ${shown(most, unit)}`);
  const figure = element('figure');
  figure.append(caption, svg);
  return figure;
}

function remember(status) {
  const now = { at: performance.now(), status };
  if (last) {
    const passed = (now.at - last.at) / 1000;
    PLOTS.forEach((one, i) => {
      history[i].push(Math.max(0, one.of(status, last.status, passed)));
      if (history[i].length > KEPT) history[i].shift();
    });
    at('plots').replaceChildren(...PLOTS.map((one, i) => plot(one, history[i])));
  }
  last = now;
}

function say(text, className) {
  at('state').textContent = text;
  at('state').className = `state ${className}`;
}

async function look() {
  const [status, channels, feeds, subscribers, actors] = await Promise.all([
    ask('/ops/server/status'), ask('/ops/channel/list'), ask('/ops/feed/list'),
    ask(`/ops/subscriber/top?count=15&by=${at('by').value}`), ask('/ops/actor/tree?children=10'),
  ]);
  remember(status);
  at('channels').replaceChildren(table(channels));
  at('feeds').replaceChildren(table(feeds));
  at('subscribers').replaceChildren(table(subscribers));
  const list = element('ul');
  list.append(tree(actors));
  at('actors').replaceChildren(list);
  const numbers = Object.entries(status).filter(([name]) => name !== 'version' && name !== 'draining');
  at('server').replaceChildren(...numbers.flatMap(([name, value]) =>
    [element('dt', label(name)), element('dd', shown(value, unitOf(name)))]));
  const version = status.version.replace(/(\+.{7}).*/, '$1');
  say(`${status.draining ? 'draining' : `up ${seconds(status.uptime_s)}`} · ${version}`, status.draining ? 'bad' : 'good');
}

function show(entered) {
  at('enter').hidden = entered;
  at('leave').hidden = !entered;
  document.querySelector('main').hidden = !entered;
}

function forget(why, className) {
  run += 1;
  key = null;
  last = null;
  sessionStorage.removeItem('pushnet-ops-key');
  show(false);
  say(why, className);
}

async function watch() {
  const mine = ++run;
  show(true);
  while (mine === run) {
    try {
      if (!document.hidden) await look();
    } catch (error) {
      if (mine !== run) return;
      if (error instanceof Refused) return forget(error.message, 'bad');
      say(`no answer: ${error.message}`, 'bad');
      last = null;
    }
    await new Promise(resolve => setTimeout(resolve, INTERVAL_MS));
  }
}

at('enter').addEventListener('submit', event => {
  event.preventDefault();
  key = at('key').value.trim();
  at('key').value = '';
  sessionStorage.setItem('pushnet-ops-key', key);
  watch();
});
at('leave').addEventListener('click', () => forget('not connected', ''));
if (key) watch();
