// Reads OpenAPI and AsyncAPI documents from standard input, one a line. Prints a line for each: a JSON array of all that Spectral's
// recommended rules and, for AsyncAPI, the reference parser have to say against it. They may do without a contact, because the program
// can't know who runs it.
import { Parser } from '@asyncapi/parser';
import spectral from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import { createInterface } from 'node:readline';

const linterOf = (rules, contact) => {
  const linter = new spectral.Spectral();
  linter.setRuleset({ extends: [[rules, 'recommended']], rules: { [contact]: 'off' } });
  return linter;
};
const openApi = linterOf(rulesets.oas, 'info-contact');
const asyncApi = linterOf(rulesets.asyncapi, 'asyncapi-info-contact');
const parser = new Parser({ ruleset: { rules: { 'asyncapi-info-contact': 'off' } } });

for await (const line of createInterface({ input: process.stdin })) {
  const found = 'asyncapi' in JSON.parse(line)
    ? [...await asyncApi.run(JSON.parse(line)), ...(await parser.parse(line)).diagnostics]
    : await openApi.run(JSON.parse(line));
  console.log(JSON.stringify(found.map(({ code, path, message }) => `${code} at ${path.join('/')}: ${message}`)));
}
