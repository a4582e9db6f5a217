// The page's key: the demo's where there is one, otherwise what a person types, kept until the tab is closed.

const STORED = 'pushnet.key';
const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('key-dialog'));
const form = dialog.querySelector('form');
const input = /** @type {HTMLInputElement} */ (document.getElementById('key'));
const [title, advice, errorLine] = ['key-title', 'key-advice', 'key-error'].map(id => document.getElementById(id));

let key = sessionStorage.getItem(STORED);
/** @type {Promise<string|null>|null} */ let finding = null;

/**
 * The key to connect with; null when nobody gave one.
 * @param {string|null} [refused] one that the server refused
 * @param {string|null} [why]
 */
export function obtainKey(refused = null, why = null) {
  if (key && key !== refused) return Promise.resolve(key);
  finding ??= find(refused, why).finally(() => { finding = null; });
  return finding;
}

/**
 * Lets a person give a key.
 * @param {string|null} [why] what was wrong with the last one
 * @param {boolean} [isNeeded] false while the page has a good one
 * @returns {Promise<string|null>} null when they would not
 */
export function askForKey(why = null, isNeeded = true) {
  title.textContent = isNeeded ? 'This page needs a key' : 'Connect with another key';
  advice.textContent = isNeeded ? 'Ask whoever runs this server for one.'
    : 'The page is connected, and keeps its key unless you give another.';
  errorLine.textContent = why;
  errorLine.hidden = !why;
  input.value = '';
  if (!dialog.open) dialog.showModal();
  return new Promise(resolve => {
    dialog.addEventListener('close', () => {
      const typed = input.value;
      input.value = '';
      if (dialog.returnValue === 'given') sessionStorage.setItem(STORED, key = typed);
      resolve(dialog.returnValue === 'given' ? typed : null);
      dialog.returnValue = '';
    }, { once: true });
  });
}

form.addEventListener('submit', event => {
  event.preventDefault();
  dialog.close('given');
});
form.querySelector('[value=cancel]').addEventListener('click', () => dialog.close());

async function find(refused, why) {
  // A person who typed a wrong key must hear of it, also where the demo's would do.
  const wasTyped = refused !== null && refused === sessionStorage.getItem(STORED);
  key = null;
  sessionStorage.removeItem(STORED);
  const typed = wasTyped ? await askForKey(why) : null;
  if (typed) return typed;
  const demo = await demoKey();
  if (demo && demo !== refused) return key = demo;
  return wasTyped ? null : askForKey(why);
}

/** The demo's key is new at each start of the server, so it is not kept. */
async function demoKey() {
  const response = await fetch('demo-key', { cache: 'no-store' }).catch(() => null);
  return response?.ok ? (await response.json()).key : null;
}
