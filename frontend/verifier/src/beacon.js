// @ts-check
/** drand: the pinned chains, when a round is known, and its signature (section 3.2, "Pinned drand chains"). */
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { join, same } from './bytes.js';
import { Refused } from './canonical.js';
import { hex, sha256 } from './sha256.js';

/** @typedef {{hash: string, name: string, period: number, genesis: number, publicKey: string, group: string, chained: boolean, tag: string}} Chain */

/** @type {Chain[]} */
const PINNED = [
  {
    hash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
    name: 'quicknet',
    period: 3,
    genesis: 1692803367,
    publicKey:
      '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
    group: 'f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e',
    chained: false,
    tag: 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_',
  },
  {
    hash: '8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce',
    name: '',
    period: 30,
    genesis: 1595431050,
    publicKey: '868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31',
    group: '176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a',
    chained: true,
    tag: 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_',
  },
];

/** The pinned chain of that hash, which is computed again. @param {any} hash @returns {Chain} */
export function chainOf(hash) {
  const chain = PINNED.find((pinned) => pinned.hash === hash);
  if (!chain || hashOf(chain) !== hash) throw new Refused('chain_not_pinned', { chain: hash });
  return chain;
}

/** @param {Chain} chain */
function hashOf({ period, genesis, publicKey, group, name }) {
  return hex(join(number(period, 4), number(genesis, 8), bytesOf(publicKey), bytesOf(group), new TextEncoder().encode(name)));
}

/** When a round is known, as a time of section 1. @param {string} chain @param {number} round */
export function timeOf(chain, round) {
  const { period, genesis } = chainOf(chain);
  return new Date((genesis + (round - 1) * period) * 1000).toISOString().replace('.000Z', 'Z');
}

/** The last round a notice may name. @param {string} chain */
export const lastRound = (chain) => Math.floor(1e11 / chainOf(chain).period);

/** The randomness of a round, hex. @param {string} chain @param {number} round @param {any} signature @param {any} [previous] */
export function verifyBeacon(chain, round, signature, previous = '') {
  const pinned = chainOf(chain);
  const forged = (/** @type {string} */ why) => new Refused('beacon_forged', { chain, round, why });
  if (!Number.isSafeInteger(round) || round < 1 || round > lastRound(chain)) throw forged('round');
  if (!isHex(signature, pinned.chained ? 96 : 48)) throw forged('signature');
  if (!previousFits(pinned, round, previous)) throw forged('previous');
  const message = sha256(join(bytesOf(previous), number(round, 8)));
  if (!signed(pinned, message, bytesOf(signature))) throw forged('signature');
  return hex(bytesOf(signature));
}

/** The chained network signs the signature before, in round 1 its group hash; the other nothing. @param {Chain} chain @param {number} round @param {any} previous */
function previousFits(chain, round, previous) {
  if (!chain.chained) return previous === '';
  return round === 1 ? previous === chain.group : isHex(previous, 96);
}

/** @param {Chain} chain @param {Uint8Array} message @param {Uint8Array} signature */
function signed({ chained, publicKey, tag }, message, signature) {
  try {
    return chained ? verified(bls12_381.longSignatures) : verified(bls12_381.shortSignatures);
  } catch {
    return false;
  }

  /** @param {any} scheme */
  function verified(scheme) {
    const point = scheme.Signature.fromBytes(signature);
    point.assertValidity();
    if (point.is0() || !point.isTorsionFree() || !same(point.toBytes(true), signature)) return false;
    return scheme.verify(point, scheme.hash(message, tag), bytesOf(publicKey));
  }
}

/** @param {any} value @param {number} length in bytes */
const isHex = (value, length) => typeof value === 'string' && value.length === 2 * length && /^[0-9a-f]*$/.test(value);

/** @param {string} text */
const bytesOf = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** Big-endian. @param {number} value @param {number} length */
function number(value, length) {
  return bytesOf(value.toString(16).padStart(2 * length, '0'));
}
