// @ts-check
/** `node merge-cli.mjs < CASES`: what holds of every case (a JSON list of lists of changes), as canonical JSON; the tests compare it with the office's merge. */
import { readFileSync } from 'node:fs';
import { dumps } from '../verifier/src/canonical.js';
import { byField, held } from './src/merge.js';

const cases = JSON.parse(readFileSync(0, 'utf8'));
const told = cases.map((/** @type {any[]} */ changes) => Object.fromEntries([...byField(changes)].map(([field, known]) => {
  const { value, heads, parallel } = held(known);
  return [field, { value, heads: heads.map((head) => head.id), parallel: parallel.map((one) => one.value) }];
})));
process.stdout.write(dumps(told));
