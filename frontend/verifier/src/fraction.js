// @ts-check
/** Exact fractions. @typedef {{top: bigint, bottom: bigint}} Fraction */

/** @param {number | bigint} top @param {number | bigint} bottom @returns {Fraction} */
export const fraction = (top, bottom) => ({ top: BigInt(top), bottom: BigInt(bottom) });

/** @param {Fraction} a @param {Fraction} b */
export const add = (a, b) => lowest({ top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom });

/** @param {Fraction} a @param {Fraction} b */
export const times = (a, b) => lowest({ top: a.top * b.top, bottom: a.bottom * b.bottom });

/** @param {Fraction} a @param {Fraction} b */
export const min = (a, b) => (a.top * b.bottom <= b.top * a.bottom ? a : b);

/** @param {Fraction} f @returns {Fraction} */
export function lowest(f) {
  let [a, b] = [f.top < 0n ? -f.top : f.top, f.bottom];
  while (b) [a, b] = [b, a % b];
  return { top: f.top / a, bottom: f.bottom / a };
}
