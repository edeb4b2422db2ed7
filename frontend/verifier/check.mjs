// @ts-check
/**
 * `node check.mjs FOLDER [--nonce HEX] [--teams-nonce HEX] [--policy FILE] [--checkpoint FILE …] [--check-code HASH]`
 * checks a draw's folder or an evidence bag and prints one line of JSON for each thing checked. The options are those of `sunlot bag verify`
 * and `sunlot draw verify`: what the reader has from elsewhere. Exit 0: all equal; 1: something differs; 3: something is withheld.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkBag } from './src/bag.js';
import { checkDraw } from './src/draw.js';

/** All files below a folder, by path; a folder without files stands there with a slash at its end. @param {string} folder @returns {Map<string, Uint8Array>} */
export function readFolder(folder) {
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  walk('');
  return files;

  /** @param {string} under */
  function walk(under) {
    const entries = readdirSync(join(folder, under), { withFileTypes: true });
    if (under && !entries.length) files.set(under, new Uint8Array());
    for (const entry of entries) {
      if (entry.isDirectory()) walk(`${under}${entry.name}/`);
      else files.set(under + entry.name, new Uint8Array(readFileSync(join(folder, under, entry.name))));
    }
  }
}

/** The lines for a folder and what the reader has from elsewhere. @param {string} folder @param {import('./src/bag.js').Outside & {firms: string, teams: string}} given */
function check(folder, { firms, teams, ...outside }) {
  const files = readFolder(folder);
  if (files.has('bagit.txt')) return checkBag(files, outside);
  return checkDraw(files, basename(resolve(folder)), { firms, teams }, undefined, outside.checkCode);
}

function main() {
  const text = { type: /** @type {const} */ ('string'), default: '' };
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { nonce: text, 'teams-nonce': text, policy: text, checkpoint: { type: 'string', multiple: true, default: [] }, 'check-code': text },
  });
  const lines = check(positionals[0], {
    firms: values.nonce,
    teams: values['teams-nonce'],
    policy: values.policy && readFileSync(values.policy, 'utf8'),
    checkpoints: values.checkpoint.map((path) => readFileSync(path, 'utf8')),
    checkCode: values['check-code'],
  });
  for (const line of lines) console.log(JSON.stringify(line));
  const found = new Set(lines.map(({ kind }) => kind));
  process.exitCode = found.has('differs') ? 1 : found.has('withheld') ? 3 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
