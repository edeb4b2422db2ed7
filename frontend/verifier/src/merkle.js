// @ts-check
/** Inclusion and consistency proofs (RFC 9162 sections 2.1.3.2 and 2.1.4.2) over SHA-256 or SM3. Sizes below 2^53. */
import { join, same } from './bytes.js';
import { Refused } from './canonical.js';
import { sha256 } from './sha256.js';
import { sm3 } from './sm3.js';

/** @typedef {(data: Uint8Array) => Uint8Array} Digest */
/** @type {Record<string, Digest>} */
export const SUITES = { sha256, sm3 };

/** @param {Digest} digest @param {Uint8Array} entry */
export const leafHash = (digest, entry) => digest(join(new Uint8Array([0]), entry));

/** @param {Digest} digest @param {Uint8Array} left @param {Uint8Array} right */
const nodeHash = (digest, left, right) => digest(join(new Uint8Array([1]), left, right));

/** Refuses unless the leaf stands at `index` of the tree. @param {Digest} digest @param {Uint8Array} leaf @param {number} index @param {number} size @param {Uint8Array[]} path @param {Uint8Array} root */
export function checkInclusion(digest, leaf, index, size, path, root) {
  if (!(index >= 0 && index < size)) throw new Refused('proof_wrong', { why: 'index' });
  let [position, last, tip] = [index, size - 1, leaf];
  for (const step of path) {
    if (last === 0 || step.length !== 32) throw new Refused('proof_wrong', { why: 'length' });
    if (position % 2 === 1 || position === last) {
      tip = nodeHash(digest, step, tip);
      while (position % 2 === 0 && position) [position, last] = [half(position), half(last)];
    } else tip = nodeHash(digest, tip, step);
    [position, last] = [half(position), half(last)];
  }
  if (last !== 0) throw new Refused('proof_wrong', { why: 'length' });
  if (!same(tip, root)) throw new Refused('proof_wrong', { why: 'root' });
}

/** Refuses unless the tree of `old` leaves is a prefix of that of `size`. @param {Digest} digest @param {number} old @param {number} size @param {Uint8Array[]} path @param {Uint8Array} oldRoot @param {Uint8Array} root */
export function checkConsistency(digest, old, size, path, oldRoot, root) {
  if (!(old > 0 && old <= size)) throw new Refused('proof_wrong', { why: 'index' });
  if (old === size) {
    if (path.length || !same(oldRoot, root)) throw new Refused('proof_wrong', { why: 'root' });
    return;
  }
  let [first, last] = [old - 1, size - 1];
  while (first % 2 === 1) [first, last] = [half(first), half(last)];
  const steps = [...path];
  const start = first === 0 ? oldRoot : steps.shift();
  if (!start) throw new Refused('proof_wrong', { why: 'length' });
  let [left, right] = [start, start];
  for (const step of steps) {
    if (last === 0 || step.length !== 32) throw new Refused('proof_wrong', { why: 'length' });
    if (first % 2 === 1 || first === last) {
      left = nodeHash(digest, step, left);
      right = nodeHash(digest, step, right);
      while (first % 2 === 0 && first) [first, last] = [half(first), half(last)];
    } else right = nodeHash(digest, right, step);
    [first, last] = [half(first), half(last)];
  }
  if (last !== 0) throw new Refused('proof_wrong', { why: 'length' });
  if (!same(left, oldRoot) || !same(right, root)) throw new Refused('proof_wrong', { why: 'root' });
}

/** @param {number} n */
const half = (n) => Math.floor(n / 2);
