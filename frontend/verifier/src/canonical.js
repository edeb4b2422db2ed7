// @ts-check
/** Canonical JSON and CSV: one spelling for every file (section 1). */
import { sha256 } from './sha256.js';

export class Refused extends Error {
  /** @param {string} kind */
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

/** Order of UTF-8 bytes, which is that of code points, not of UTF-16 units. @param {string} a @param {string} b */
export function bytewise(a, b) {
  const left = Array.from(a, (c) => c.codePointAt(0) ?? 0);
  const right = Array.from(b, (c) => c.codePointAt(0) ?? 0);
  for (let i = 0; i < Math.min(left.length, right.length); i++) if (left[i] !== right[i]) return left[i] - right[i];
  return left.length - right.length;
}

/** @param {any} value @returns {string} */
export function dumps(value) {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    if (value.normalize('NFC') !== value) throw new Refused('not_nfc');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Refused('number_not_exact');
    return String(value);
  }
  if (Array.isArray(value)) return '[' + value.map(dumps).join(',') + ']';
  const keys = Object.keys(value).sort(bytewise);
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

/** The records of a canonical table, header first, with the text each was read from. @param {string} text */
export function records(text) {
  if (!text.endsWith('\n')) throw new Refused('not_canonical');
  const lines = text.slice(0, -1).split('\n');
  return lines.map((line) => {
    const fields = [];
    for (let at = 0; at <= line.length; ) {
      const quoted = /^"((?:[^"]|"")*)"/.exec(line.slice(at));
      const raw = quoted ? quoted[0] : line.slice(at).split(',', 1)[0];
      fields.push(quoted ? quoted[1].replaceAll('""', '"') : raw);
      at += raw.length;
      if (at < line.length && line[at] !== ',') throw new Refused('not_canonical');
      at++;
    }
    if (fields.map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',') !== line) {
      throw new Refused('not_canonical');
    }
    return { line, fields };
  });
}

/** Rows of a canonical table as objects. @param {string} text @param {string[]} key */
export function readTable(text, key) {
  const [header, ...rest] = records(text);
  const rows = rest.map(({ fields }) => {
    if (fields.length !== header.fields.length) throw new Refused('not_canonical');
    return Object.fromEntries(header.fields.map((name, i) => [name, fields[i]]));
  });
  for (let i = 1; i < rows.length; i++) {
    const order = key.map((name) => bytewise(rows[i - 1][name], rows[i][name])).find((sign) => sign !== 0) ?? 0;
    if (order >= 0) throw new Refused('not_canonical');
  }
  return rows;
}

/** RFC 6962 root over a table's records, hex. @param {string} text */
export function rootOf(text) {
  const leaves = records(text)
    .slice(1)
    .map(({ line }) => sha256(join(new Uint8Array([0]), new TextEncoder().encode(line))));
  const bytes = leaves.length ? fold(leaves) : sha256(new Uint8Array());
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {Uint8Array[]} hashes @returns {Uint8Array} */
function fold(hashes) {
  if (hashes.length === 1) return hashes[0];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return sha256(join(new Uint8Array([1]), fold(hashes.slice(0, split)), fold(hashes.slice(split))));
}

/** @param {...Uint8Array} parts */
function join(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
