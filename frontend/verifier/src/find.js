// @ts-check
/** Finding firms of a frame by their code or by a part of their name. */
import { scan } from './canonical.js';

const MOST = 30;

/** @param {Map<string, Uint8Array>} files of a draw @param {string} who @param {import('./canonical.js').Progress} [progress] @returns {{id: string, name: string, territory: string}[]} the firm with that code, or at most 30 whose name holds the text */
export function findFirms(files, who, progress) {
  const wanted = who.normalize('NFKC').trim().toUpperCase();
  const table = files.get('01-notice/firms.csv');
  if (!table || !wanted) return [];
  /** @type {{id: string, name: string, territory: string}[]} */
  const found = [];
  let exact = null;
  let header = true;
  scan(table, ([id, name, territory]) => {
    if (header) header = false;
    else if (id === wanted) exact = { id, name, territory };
    else if (found.length < MOST && name.toUpperCase().includes(wanted)) found.push({ id, name, territory });
  }, progress);
  return exact ? [exact] : found;
}
