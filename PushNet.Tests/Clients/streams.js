// pushnet-client.js by server-sent events, against the server of client.test.js.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { test } from 'node:test';
import { byId, clientOf, heldPrices, isOpen, pricesNow, until } from './following.js';
import { game, KEY, price } from './server.js';

const PYTHON = `
import json, sys, urllib.request
request = urllib.request.Request(sys.argv[1], headers={"Authorization": f"Bearer {sys.argv[2]}"})
with urllib.request.urlopen(request) as answer:
    data = (json.loads(line[6:]) for line in answer if line.startswith(b"data: "))
    print(next(data)["type"], next(data)["count"])
`;

/** @param {() => import('./server.js').Server} server the server, once it has started */
export function streamTests(server) {
  test('by server-sent events the board is the same, also without any WebSocket', async t => {
    await server().ingest(game('g'), price('g', -150));
    const url = server().address('odds', '?prices=snapshot&game=g');
    const client = clientOf(t, url, { transport: 'sse', WebSocket: undefined });
    await until(client, isOpen(client));
    await server().ingest(game('g', 1), price('g', -160));
    await until(client, () => heldPrices(client).includes('g moneyline pinnacle home  -160'));

    assert.deepEqual(heldPrices(client), await pricesNow(t, url));
    assert.deepEqual(byId(client.board.games.values()), byId((await server().liveGames()).filter(one => one.game_id === 'g')));
  });

  test('a bad key and a bad query stop a stream as they stop a socket', async t => {
    const [stranger, asking] = [
      clientOf(t, server().address('live'), { transport: 'sse' }, 'not-a-key-of-this-server'),
      clientOf(t, server().address('live', '?book=b'), { transport: 'sse' }),
    ];

    await until(stranger, () => stranger.state === 'unauthorized');
    await until(asking, () => asking.state === 'refused');
  });

  for (const [fate, options] of [['fail', {}], ['are swallowed', { pingIntervalMs: 300 }]])
    test(`where upgrades ${fate} twice, streams take over`, async t => {
      const proxy = await proxyOf(t, server().port);
      const upgrades = [];
      proxy.on('upgrade', (_, socket) => { upgrades.push(socket); if (fate === 'fail') socket.destroy(); });
      t.after(() => upgrades.forEach(socket => socket.destroy()));
      const client = clientOf(t, server().address('live').replace(`${server().port}`, `${proxy.address().port}`), options);

      await until(client, isOpen(client));

      assert.equal(upgrades.length, 2);
      assert.ok(client.board.games.has('g'));
    });

  test('a large snapshot that comes in pieces is one frame', async t => {
    await server().ingest(...Array.from({ length: 2_000 }, (_, i) => ({ ...game(`many-${i}`), pn_league_code: 'many' })));
    const client = clientOf(t, server().address('live', '?league=many'), { transport: 'sse' });

    await until(client, isOpen(client));

    assert.equal(client.board.games.size, 2_000);
  });

  test('curl and Python read it', async t => {
    const url = server().address('live', '?game=g').replace('ws:', 'http:').replace('/ws/', '/sse/');
    const headers = ['-H', `Authorization: Bearer ${KEY}`];
    const curl = spawn('curl', ['-sN', ...headers, url]);
    t.after(() => curl.kill());
    let told = '';
    for await (const piece of curl.stdout.setEncoding('utf8')) {
      told += piece;
      if (told.split('\n\n').length > 2) break;
    }
    assert.match(told, /^event: welcome\ndata: \{"type":"welcome",.*\}\n\nevent: snapshot\nid: \d+\ndata: \{"type":"snapshot",/);
    assert.ok(told.endsWith('}\n\n'));

    const python = spawnSync('python3', ['-c', PYTHON, url, KEY], { encoding: 'utf8' });
    assert.equal(python.stdout, 'welcome 1\n', python.stderr);
  });
}

/** A proxy that hands on requests and answers, and upgrades nothing. */
async function proxyOf(t, port) {
  const proxy = createServer(({ method, url, headers }, answer) =>
    request({ port, method, path: url, headers }, got => got.pipe(answer.writeHead(got.statusCode, got.headers))).end())
    .listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  t.after(() => { proxy.closeAllConnections(); proxy.close(); });
  return proxy;
}
