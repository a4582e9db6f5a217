// Reads an AsyncAPI document from standard input and prints what the reference parser says against it, one line each.
import { Parser } from '@asyncapi/parser';
import { readFileSync } from 'node:fs';

const { document, diagnostics } = await new Parser().parse(readFileSync(0, 'utf8'));
const faults = diagnostics.filter(found => found.severity <= 1);
faults.forEach(found => console.log(`${found.path.join('/')}: ${found.message}`));
if (!document) process.exit(2);
console.log(`channels: ${document.channels().all().map(channel => channel.address()).join(' ')}`);
console.log(`messages: ${document.channels().all().map(channel => channel.messages().all().length).join(' ')}`);
process.exit(faults.length ? 1 : 0);
