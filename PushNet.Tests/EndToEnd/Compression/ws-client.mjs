// Prints every message, and stalls now and then. Run where ws is installed: node ws-client.mjs ADDRESS LAST
import { createRequire } from 'node:module';

const WebSocket = createRequire(`${process.cwd()}/`)('ws');
const [, , address, last] = process.argv;
const socket = new WebSocket(address);
let count = 0;
socket.on('message', (data) => {
  const text = data.toString();
  process.stdout.write(`${text}\n`);
  if (text.includes(last)) socket.close();
  else if (++count % 400 === 0) {
    socket.pause();
    setTimeout(() => socket.resume(), 200);
  }
});
