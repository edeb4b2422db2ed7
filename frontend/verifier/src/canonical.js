// @ts-check
/** Canonical JSON and CSV: one spelling for every file (section 1). */
import { sha256, toHex } from './sha256.js';

export class Refused extends Error {
  /** @param {string} kind @param {Record<string, any>} [detail] */
  constructor(kind, detail = {}) {
    super(kind);
    this.kind = kind;
    this.detail = detail;
  }
}

/** Text of bytes that must be UTF-8; a byte order mark is kept, and so refused by whoever parses. @param {Uint8Array} bytes */
export function decode(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused('not_utf8');
  }
}

/** Order of UTF-8 bytes, which is that of code points: UTF-16 units differ only in that surrogates stand above U+E000. @param {string} a @param {string} b */
export function bytewise(a, b) {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return left >= 0xd800 && right >= 0xd800 ? rank(left) - rank(right) : left - right;
  }
  return a.length - b.length;
}

/** @param {number} unit */
const rank = (unit) => (unit >= 0xe000 ? unit - 0x2000 : unit + 0x800);

/** @param {any} value @returns {string} */
export function dumps(value) {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    if (value.normalize('NFC') !== value) throw new Refused('not_nfc');
    if (/\p{Surrogate}/u.test(value)) throw new Refused('not_canonical');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Refused('number_not_exact');
    return String(value);
  }
  if (Array.isArray(value)) return '[' + value.map(dumps).join(',') + ']';
  const keys = Object.keys(value).sort(bytewise);
  if (keys.some((key) => /[^\0-\x7f]/.test(key))) throw new Refused('not_canonical');
  return '{' + keys.map((key) => JSON.stringify(key) + ':' + dumps(value[key])).join(',') + '}';
}

/** @param {string} text @returns {any} */
export function loads(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused('not_canonical');
  }
  if (dumps(value) !== text) throw new Refused('not_canonical');
  return value;
}

/** An object with exactly these fields. @param {any} value @param {string[]} names @param {string} kind */
export function exactly(value, names, kind) {
  const good = value !== null && typeof value === 'object' && !Array.isArray(value);
  if (!good || Object.keys(value).sort().join() !== [...names].sort().join()) throw new Refused(kind);
  return value;
}

/** @typedef {(done: number, total: number, what: string) => void} Progress */
const STEP = 1 << 14;
const PIECE = 1 << 20;

/** Calls `each` with every record of a canonical table, header first. @param {string | Uint8Array} table @param {(fields: string[], line: string) => void} each @param {Progress} [progress] */
export function scan(table, each, progress = () => {}) {
  for (const { text, end } of pieces(table)) {
    if (!text.endsWith('\n') || /[\0-\x09\x0b-\x1f\x7f]/.test(text)) throw new Refused('not_canonical');
    if (text.normalize('NFC') !== text) throw new Refused('not_nfc');
    for (const line of text.slice(0, -1).split('\n')) each(line.includes('"') ? quoted(line) : line.split(','), line);
    progress(end, table.length, 'parse');
  }
}

/** A table's text in pieces of whole records: a million firms as one text would take as much memory as all the rest. @param {string | Uint8Array} table @returns {Generator<{text: string, end: number}>} */
function* pieces(table) {
  if (typeof table === 'string') return yield { text: table, end: table.length };
  let at = 0;
  do {
    const end = table.indexOf(10, at + PIECE) + 1 || table.length;
    yield { text: decode(table.subarray(at, end)), end };
    at = end;
  } while (at < table.length);
}

/** The fields of a record that holds quotes. @param {string} line */
function quoted(line) {
  const fields = [];
  for (let at = 0; at <= line.length; at++) {
    const match = /"((?:[^"]|"")*)"|[^,"]*/y;
    match.lastIndex = at;
    const found = /** @type {RegExpExecArray} */ (match.exec(line));
    fields.push(found[1] === undefined ? found[0] : found[1].replaceAll('""', '"'));
    at += found[0].length;
    if (at < line.length && line[at] !== ',') throw new Refused('not_canonical');
  }
  if (fields.map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',') !== line) throw new Refused('not_canonical');
  return fields;
}

/** The records of a canonical table, header first, with the text each was read from. @param {string} text */
export function records(text) {
  /** @type {{line: string, fields: string[]}[]} */
  const all = [];
  scan(text, (fields, line) => all.push({ line, fields }));
  return all;
}

/** Rows of a canonical table as objects. @param {string | Uint8Array} table @param {string[]} key @param {Progress} [progress] @returns {Record<string, string>[]} */
export function readTable(table, key, progress) {
  /** @type {string[] | null} */
  let names = null;
  /** @type {((field: string) => string)[]} */
  let once = [];
  /** @type {Record<string, string>[]} */
  const rows = [];
  /** @type {Record<string, string>} */
  let last = {};
  scan(
    table,
    (fields) => {
      if (!names) {
        names = fields;
        once = names.map(onlyOnce);
        if (new Set(names).size !== names.length || key.some((name) => !fields.includes(name))) throw new Refused('not_canonical');
        return;
      }
      if (fields.length !== names.length) throw new Refused('not_canonical');
      /** @type {Record<string, string>} */
      const row = {};
      for (let i = 0; i < names.length; i++) row[names[i]] = fields[i] === last[names[i]] ? last[names[i]] : once[i](fields[i]);
      if (rows.length && compareKeys(last, row, key) >= 0) throw new Refused('not_canonical');
      rows.push(row);
      last = row;
    },
    progress,
  );
  return rows;
}

/** Gives equal fields of a column as one text, as long as they are few: a million firms live in a hundred townships. @returns {(field: string) => string} */
function onlyOnce() {
  /** @type {Map<string, string>} */
  const known = new Map();
  let many = false;
  return (field) => {
    if (many) return field;
    const same = known.get(field);
    if (same !== undefined) return same;
    known.set(field, field);
    if ((many = known.size > 1000)) known.clear();
    return field;
  };
}

/** @param {Record<string, string>} a @param {Record<string, string>} b @param {string[]} key */
function compareKeys(a, b, key) {
  for (const name of key) {
    const order = bytewise(a[name], b[name]);
    if (order) return order;
  }
  return 0;
}

/** RFC 6962 root over a table's records, hex: subtrees wait on a stack until their neighbour of the same size comes. @param {string | Uint8Array} table @param {Progress} [progress] */
export function rootOf(table, progress = () => {}) {
  const bytes = typeof table === 'string' ? new TextEncoder().encode(table) : table;
  if (bytes[bytes.length - 1] !== 10) throw new Refused('not_canonical');
  /** @type {Uint8Array[]} */
  const waiting = [];
  let count = 0;
  for (let at = bytes.indexOf(10) + 1; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    waiting.push(tagged(0, bytes.subarray(at, end)));
    at = end + 1;
    for (let size = ++count; size % 2 === 0; size /= 2) fold(waiting);
    if (count % STEP === 0) progress(at, bytes.length, 'root');
  }
  while (waiting.length > 1) fold(waiting);
  return toHex(waiting[0] ?? sha256(new Uint8Array()));
}

/** Two subtrees of the stack become one. @param {Uint8Array[]} waiting */
function fold(waiting) {
  const right = /** @type {Uint8Array} */ (waiting.pop());
  const left = /** @type {Uint8Array} */ (waiting.pop());
  const both = new Uint8Array(64);
  both.set(left);
  both.set(right, 32);
  waiting.push(tagged(1, both));
}

let scratch = new Uint8Array(4096);

/** SHA-256 of one byte and the rest. @param {number} tag @param {Uint8Array} rest */
function tagged(tag, rest) {
  if (rest.length + 1 > scratch.length) scratch = new Uint8Array(2 * rest.length + 1);
  scratch[0] = tag;
  scratch.set(rest, 1);
  return sha256(scratch.subarray(0, rest.length + 1));
}
