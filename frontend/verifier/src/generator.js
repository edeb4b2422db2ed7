// @ts-check
/** Whole numbers from the seed (section 2) and the seed itself (section 3.1). */
import { hex } from './sha256.js';

/** A stream of one label. @param {string} seed @param {string} label @returns {(n: bigint) => bigint} below */
export function generator(seed, label) {
  let next = 0;
  return (n) => {
    const limit = ((1n << 256n) / n) * n;
    for (;;) {
      const word = BigInt('0x' + hex(`${seed}|R|${label}|${next++}`));
      if (word < limit) return word % n;
    }
  };
}

/** @param {string} noticeText @param {string} nonce @param {string[]} sources */
export function makeSeed(noticeText, nonce, sources) {
  return hex(['sunlot/1', 'seed', hex(noticeText), nonce, ...sources].join('|'));
}
