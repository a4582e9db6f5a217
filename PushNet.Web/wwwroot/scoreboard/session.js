// The page's connections: one key for all, which is asked for again when the server no longer takes it.

import { PushNetClient } from '../pushnet-client.js';
import { askForKey, obtainKey } from './key.js';

const PING_INTERVAL_MS = 5_000;

/** The connections that the page has. @type {Set<PushNetClient>} */
export const clients = new Set();

/** Connects to a channel. @param {string} url @returns {PushNetClient} `closed` until there is a key */
export function open(url) {
  const client = new PushNetClient(url, '', { pingIntervalMs: PING_INTERVAL_MS });
  clients.add(client);
  client.addEventListener('state', ({ detail }) => {
    if (detail.state === 'unauthorized') connect(client, client.key, detail.error);
  });
  connect(client);
  return client;
}

/** Ends a connection. @param {PushNetClient} client */
export function close(client) {
  clients.delete(client);
  client.close();
}

/** Lets a person give another key, and connects with it. */
export async function changeKey() {
  const isConnected = [...clients].every(client => client.state === 'open');
  if (await askForKey(null, !isConnected)) reconnect(() => true);
}

/** @param {PushNetClient} client @param {string|null} [refused] @param {string|null} [why] */
async function connect(client, refused, why) {
  const key = await obtainKey(refused, why);
  if (!key || !clients.has(client)) return;
  client.key = key;
  client.connect();
}

/** @param {(client: PushNetClient) => boolean} which */
function reconnect(which) {
  for (const client of clients) if (which(client)) connect(client);
}

// The network is back, which the clients can't know.
addEventListener('online', () => reconnect(client => client.state === 'waiting'));
