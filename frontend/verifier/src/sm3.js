// @ts-check
/** SM3 (GB/T 32905-2016). */

const START = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];

/** @param {number} x @param {number} n */
const turn = (x, n) => (n % 32 ? (x << n % 32) | (x >>> (32 - (n % 32))) : x);
/** @param {number} x */
const p0 = (x) => x ^ turn(x, 9) ^ turn(x, 17);
/** @param {number} x */
const p1 = (x) => x ^ turn(x, 15) ^ turn(x, 23);

/** @param {Uint8Array} data @returns {Uint8Array} 32 bytes */
export function sm3(data) {
  const padded = new Uint8Array(Math.ceil((data.length + 9) / 64) * 64);
  padded.set(data);
  padded[data.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(data.length / 2 ** 29));
  view.setUint32(padded.length - 4, data.length * 8);
  const state = Int32Array.from(START);
  for (let at = 0; at < padded.length; at += 64) compress(state, view, at);
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => out.setInt32(i * 4, word));
  return new Uint8Array(out.buffer);
}

/** @param {Int32Array} state @param {DataView} view @param {number} at */
function compress(state, view, at) {
  const w = new Int32Array(68);
  for (let j = 0; j < 16; j++) w[j] = view.getInt32(at + j * 4);
  for (let j = 16; j < 68; j++) w[j] = p1(w[j - 16] ^ w[j - 9] ^ turn(w[j - 3], 15)) ^ turn(w[j - 13], 7) ^ w[j - 6];
  let [a, b, c, d, e, f, g, h] = state;
  for (let j = 0; j < 64; j++) {
    const early = j < 16;
    const ss1 = turn((turn(a, 12) + e + turn(early ? 0x79cc4519 : 0x7a879d8a, j)) | 0, 7);
    const tt1 = ((early ? a ^ b ^ c : (a & b) | (a & c) | (b & c)) + d + (ss1 ^ turn(a, 12)) + (w[j] ^ w[j + 4])) | 0;
    const tt2 = ((early ? e ^ f ^ g : (e & f) | (~e & g)) + h + ss1 + w[j]) | 0;
    [d, c, b, a, h, g, f, e] = [c, turn(b, 9), a, tt1, g, turn(f, 19), e, p0(tt2)];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] ^= word));
}
