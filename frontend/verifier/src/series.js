// @ts-check
/** The draws of an organ and year before this one (section 4.2). */
import { dumps, exactly, Refused } from './canonical.js';

/** What a notice says of the draws before it, to be compared outside; nothing for the first of a year. @param {any} notice @returns {{draw: string, code: string, count: number, voided: string} | null} */
export function checkBefore({ draw, before, voided }) {
  const { draw: told, check_code: code } = exactly(before, ['check_code', 'draw'], 'before_differs');
  const [series, number] = [draw.slice(0, -4), draw.slice(-4)];
  const expected = /^\d{4}$/.test(number) && Number(number) > 1 ? series + String(Number(number) - 1).padStart(4, '0') : '';
  if (told !== expected || typeof code !== 'string' || !(expected ? /^[0-9a-f]{64}$/ : /^$/).test(code)) throw new Refused('before_differs', { expected });
  const earlier = (/** @type {any} */ name) => typeof name === 'string' && name.slice(0, -4) === series && /^\d{4}$/.test(name.slice(-4)) && name < draw;
  if (!Array.isArray(voided) || !voided.every(earlier) || dumps(voided) !== dumps([...new Set(voided)].sort())) throw new Refused('before_differs', { field: 'voided' });
  return expected ? { draw: expected, code, count: voided.length, voided: voided.join('、') } : null;
}
