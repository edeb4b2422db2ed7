// @ts-check
/** `node check.mjs FOLDER [nonce of firms] [nonce of teams]`: checks a draw's folder or an evidence bag and prints one line of JSON for each thing checked. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, firms = '', teams = ''] = process.argv.slice(2);
  const files = readFolder(folder);
  const lines = files.has('bagit.txt') ? checkBag(files) : checkDraw(files, basename(resolve(folder)), { firms, teams });
  for (const line of lines) console.log(JSON.stringify(line));
  if (lines.some(({ kind }) => kind === 'differs')) process.exitCode = 1;
}
