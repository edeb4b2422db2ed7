// @ts-check
/** What holds of all that was entered: the rule of docs/sync.md, the same as sunlot.office.visits.merge. */
import { bytewise } from '../../verifier/src/canonical.js';

/** @typedef {{id: string, field: string, value: any, over: string[], device: string, counter: number, at: string, stamp: string, author?: string}} Change */
/** @typedef {{value: any, winner: Change, heads: Change[], parallel: Change[]}} Held what a field holds; `parallel`: typed by somebody who had not seen the winner */

/** Order of changes, the same everywhere; the greater is the later. @param {Change} a @param {Change} b */
export const order = (a, b) => a.counter - b.counter || bytewise(a.device, b.device) || bytewise(a.id, b.id);

/** @param {Change[]} changes of one field, at least one @returns {Held} */
export function held(changes) {
  const heads = [];
  const named = new Set();
  const devices = new Set();
  for (const change of [...changes].sort((a, b) => order(b, a))) {
    if (!named.has(change.id) && !devices.has(change.device)) heads.push(change);
    change.over.forEach((id) => named.add(id));
    devices.add(change.device);
  }
  const [winner, ...others] = heads;
  const same = JSON.stringify(winner.value);
  return { value: winner.value, winner, heads, parallel: others.filter((other) => JSON.stringify(other.value) !== same) };
}

/** @param {Iterable<Change>} changes @returns {Map<string, Change[]>} */
export function byField(changes) {
  const fields = new Map();
  for (const change of changes) {
    const known = fields.get(change.field);
    if (known) known.push(change);
    else fields.set(change.field, [change]);
  }
  return fields;
}
