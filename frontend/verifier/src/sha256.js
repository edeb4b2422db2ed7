// @ts-check
/** SHA-256 (FIPS 180-4), synchronous: a verifier hashes millions of short strings, and WebCrypto answers only by promise. */

const K = constants(64, 3);
const START = constants(8, 2);

/** Fractional bits of the cube or square roots of the first primes, in exact integers. @param {number} count @param {number} root */
function constants(count, root) {
  const words = new Uint32Array(count);
  for (let candidate = 2, found = 0; found < count; candidate++) {
    if (Array.from({ length: candidate - 2 }, (_, i) => i + 2).every((d) => candidate % d)) {
      words[found++] = Number(integerRoot(BigInt(candidate) << BigInt(32 * root), root) & 0xffffffffn);
    }
  }
  return words;
}

/** @param {bigint} value @param {number} degree */
function integerRoot(value, degree) {
  let low = 0n;
  let high = 1n << 48n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** BigInt(degree) <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}

const w = new Int32Array(64);
const k = Int32Array.from(K);

/** @param {Int32Array} state @param {Uint8Array} block @param {number} at */
function compress(state, block, at) {
  for (let i = 0; i < 16; i++, at += 4) w[i] = (block[at] << 24) | (block[at + 1] << 16) | (block[at + 2] << 8) | block[at + 3];
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15];
    const y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

const tail = new Uint8Array(128);

/** Ends a message: `state` has taken `before` bytes, `rest` (from `at`, fewer than 64 bytes) is left. @param {Int32Array} state @param {Uint8Array} rest @param {number} at @param {number} length of the whole message */
function finish(state, rest, at, length) {
  const left = rest.length - at;
  const size = left < 56 ? 64 : 128;
  tail.fill(0, 0, size);
  for (let i = 0; i < left; i++) tail[i] = rest[at + i];
  tail[left] = 0x80;
  const high = Math.floor(length / 2 ** 29);
  const low = length << 3;
  for (let i = 0; i < 4; i++) {
    tail[size - 8 + i] = high >>> (24 - 8 * i);
    tail[size - 4 + i] = low >>> (24 - 8 * i);
  }
  compress(state, tail, 0);
  if (size === 128) compress(state, tail, 64);
}

/** @param {Int32Array} state @param {Uint8Array} message @returns {number} where the part that fills no block begins */
function absorb(state, message) {
  let at = 0;
  for (; at + 64 <= message.length; at += 64) compress(state, message, at);
  return at;
}

/** The 32 bytes of SHA-256. @param {Uint8Array} message @returns {Uint8Array} */
export function sha256(message) {
  const state = Int32Array.from(START);
  finish(state, message, absorb(state, message), message.length);
  const out = new Uint8Array(32);
  for (let i = 0; i < 32; i++) out[i] = state[i >> 2] >>> (24 - 8 * (i & 3));
  return out;
}

const encoder = new TextEncoder();
const digits = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const letters = new Array(64).fill(0);

/** Lower-case hex. @param {Uint8Array} bytes */
export function toHex(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 32) {
    const end = Math.min(bytes.length, at + 32);
    for (let i = at; i < end; i++) {
      letters[2 * (i - at)] = digits[bytes[i] >> 4];
      letters[2 * (i - at) + 1] = digits[bytes[i] & 15];
    }
    text += String.fromCharCode.apply(null, end - at === 32 ? letters : letters.slice(0, 2 * (end - at)));
  }
  return text;
}

/** Lower-case hex of SHA-256 of text or bytes. @param {string | Uint8Array} message */
export function hex(message) {
  return toHex(sha256(typeof message === 'string' ? encoder.encode(message) : message));
}

/** Hex of SHA-256 of the prefix and a text, with the prefix's whole blocks taken in once. @param {string} prefix @returns {(text: string) => string} */
export function hexAfter(prefix) {
  const head = encoder.encode(prefix);
  const start = Int32Array.from(START);
  const done = absorb(start, head);
  const kept = prefix.slice(new TextDecoder().decode(head.subarray(0, done)).length);
  if (encoder.encode(kept).length !== head.length - done) return (text) => hex(prefix + text);
  const state = new Int32Array(8);
  const out = new Uint8Array(32);
  return (text) => {
    const rest = encoder.encode(kept + text);
    if (rest.length >= 64) return hex(prefix + text);
    state.set(start);
    finish(state, rest, 0, done + rest.length);
    for (let i = 0; i < 32; i++) out[i] = state[i >> 2] >>> (24 - 8 * (i & 3));
    return toHex(out);
  };
}
