// @ts-check
/** Lottery games and the one spelling of their numbers (section 3.1, the rows "lottery" and "digits lottery"). */
import { Refused } from './canonical.js';

/** @typedef {{bits: number, main: [number, number], special?: [number, number], apart?: boolean, digits?: number}} Game how many of how many; `apart`: the special number is none of the others */

/** @type {Record<string, Game>} */
export const GAMES = Object.assign(Object.create(null), {
  ssq: { bits: 24, main: [6, 33], special: [1, 16] },
  dlt: { bits: 24, main: [5, 35], special: [2, 12] },
  qlc: { bits: 25, main: [7, 30], special: [1, 30], apart: true },
  kl8: { bits: 61, main: [20, 80] },
  '3d': { bits: 9, main: [0, 0], digits: 3 },
  pl5: { bits: 16, main: [0, 0], digits: 5 },
});

/** @param {any} kind */
export const isGame = (kind) => typeof kind === 'string' && kind in GAMES;

/** `03,07,12,19,25,31+09` from a free spelling. @param {string} kind @param {any} spelling */
export function canonicalNumbers(kind, spelling) {
  const wrong = (/** @type {string} */ why) => new Refused('numbers_wrong', { game: kind, spelling, why });
  if (!isGame(kind) || typeof spelling !== 'string' || spelling.length > 1000) throw wrong('spelling');
  const game = GAMES[kind];
  const parts = spelling.normalize('NFKC').split(/[+|]/);
  if (parts.length !== (game.special ? 2 : 1)) throw wrong('special');
  if (game.digits) return digitsOf(parts[0], game.digits, wrong);
  const main = chosen(parts[0], game.main, wrong);
  if (!game.special) return main.join(',');
  const special = chosen(parts[1], game.special, wrong);
  if (game.apart && special.some((number) => main.includes(number))) throw wrong('repeated');
  return `${main.join(',')}+${special.join(',')}`;
}

/** @typedef {(why: string) => Refused} Wrong */

/** Different numbers, ascending, two digits each. @param {string} text @param {[number, number]} range @param {Wrong} wrong */
function chosen(text, [count, highest], wrong) {
  const numbers = words(text).map((word) => {
    if (!/^[0-9]{1,2}$/.test(word)) throw wrong('spelling');
    return word.padStart(2, '0');
  });
  if (numbers.length !== count) throw wrong('count');
  if (numbers.some((number) => Number(number) < 1 || Number(number) > highest)) throw wrong('range');
  if (new Set(numbers).size !== count) throw wrong('repeated');
  return numbers.sort();
}

/** Digits in the order drawn, with or without separators. @param {string} text @param {number} count @param {Wrong} wrong */
function digitsOf(text, count, wrong) {
  const found = words(text);
  const digits = found.length === 1 ? [...found[0]] : found;
  if (!digits.every((digit) => /^[0-9]$/.test(digit))) throw wrong('spelling');
  if (digits.length !== count) throw wrong('count');
  return digits.join(',');
}

/** @param {string} text */
const words = (text) => text.split(/[\s,、]+/).filter((word) => word);
