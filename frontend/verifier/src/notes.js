// @ts-check
/** Keys, signed notes, checkpoints and cosignatures (C2SP signed-note, tlog-checkpoint, tlog-cosignature). */
import { ed25519 } from '@noble/curves/ed25519.js';
import { join, same } from './bytes.js';
import { Refused } from './canonical.js';
import { sha256, toHex } from './sha256.js';
import { verifySm2 } from './sm2.js';

const ED25519 = 1;
export const COSIGNATURE = 4;
const UNASSIGNED = 255;
const SM2_MARK = new TextEncoder().encode('sm2-sm3');

/** @typedef {{name: string, id: Uint8Array, kind: number, key: Uint8Array, text: string}} Key */
/** @typedef {{name: string, id: Uint8Array, value: Uint8Array}} Signature */
/** @typedef {{text: string, signatures: Signature[]}} Note */
/** @typedef {{origin: string, size: number, root: Uint8Array}} Checkpoint */

const utf8 = new TextEncoder();

/** Strict base64: one spelling. @param {string} text */
export function base64(text) {
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  } catch {
    throw new Refused('not_base64');
  }
  if (btoa(String.fromCharCode(...bytes)) !== text) throw new Refused('not_base64');
  return bytes;
}

/** @param {string} line @returns {Key} */
export function readKey(line) {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(line);
  if (!match) throw new Refused('key_malformed', { key: line });
  const typed = base64(match[3]);
  const id = sha256(join(utf8.encode(match[1] + '\n'), typed)).subarray(0, 4);
  const marked = typed[0] === UNASSIGNED && same(typed.subarray(1, 1 + SM2_MARK.length), SM2_MARK);
  const key = typed.subarray(marked ? 1 + SM2_MARK.length : 1);
  if (toHex(id) !== match[2] || key.length !== (marked ? 64 : 32) || (!marked && typed[0] !== ED25519 && typed[0] !== COSIGNATURE)) {
    throw new Refused('key_malformed', { key: line });
  }
  return { name: match[1], id, kind: typed[0], key, text: line };
}

/** @param {string} whole @returns {Note} */
export function parseNote(whole) {
  const cut = whole.lastIndexOf('\n\n');
  if (cut < 0 || !whole.endsWith('\n') || /[\0-\x09\x0b-\x1f]/.test(whole) || cut + 2 >= whole.length) throw new Refused('note_malformed');
  const signatures = whole.slice(cut + 2, -1).split('\n').map((line) => {
    const match = /^— ([^\s+]+) (\S+)$/u.exec(line);
    const value = match ? base64(match[2]) : new Uint8Array();
    if (!match || value.length < 5) throw new Refused('note_malformed');
    return { name: match[1], id: value.subarray(0, 4), value: value.subarray(4) };
  });
  return { text: whole.slice(0, cut + 1), signatures };
}

/** Which of the keys signed; a wrong line of a known key is refused, and none at all is refused. @param {Note} note @param {Key[]} keys */
export function checkNote(note, keys) {
  const found = signedBy(note, keys, (key, value) => holds(key, utf8.encode(note.text), value));
  if (!found.length) throw new Refused('signature_missing');
  return found.map(({ key }) => key);
}

/** @param {Note} note @param {Key[]} keys @param {(key: Key, value: Uint8Array) => boolean} valid */
function signedBy(note, keys, valid) {
  /** @type {{key: Key, value: Uint8Array}[]} */
  const found = [];
  for (const line of note.signatures) {
    const key = keys.find(({ name, id }) => name === line.name && same(id, line.id));
    if (!key || found.some((entry) => entry.key === key)) continue;
    if (!valid(key, line.value)) throw new Refused('signature_wrong', { key: key.name });
    found.push({ key, value: line.value });
  }
  return found;
}

/** @param {Key} key @param {Uint8Array} message @param {Uint8Array} signature */
function holds(key, message, signature) {
  if (signature.length !== 64) return false;
  if (key.kind === UNASSIGNED) return verifySm2(key.key, message, signature);
  try {
    return ed25519.verify(signature, message, key.key, { zip215: false });
  } catch {
    return false;
  }
}

/** @param {string} text @returns {Checkpoint} */
export function parseCheckpoint(text) {
  const lines = text.split('\n');
  if (lines.length !== 4 || !lines[0] || !/^(0|[1-9][0-9]{0,15})$/.test(lines[1])) throw new Refused('checkpoint_malformed');
  const root = base64(lines[2]);
  if (root.length !== 32 || !Number.isSafeInteger(Number(lines[1]))) throw new Refused('checkpoint_malformed');
  return { origin: lines[0], size: Number(lines[1]), root };
}

/** The checkpoint, when a known log signed it. @param {Note} note @param {Key[]} logs */
export function openCheckpoint(note, logs) {
  const checkpoint = parseCheckpoint(note.text);
  checkNote(note, logs.filter((key) => key.name === checkpoint.origin));
  return checkpoint;
}

/** Who cosigned, with the time in Unix seconds. @param {Note} note @param {Key[]} witnesses */
export function cosigners(note, witnesses) {
  const found = signedBy(note, witnesses, (key, value) => {
    if (value.length !== 72) return false;
    return holds(key, utf8.encode(`cosignature/v1\ntime ${timeIn(value)}\n${note.text}`), value.subarray(8));
  });
  return found.map(({ key, value }) => ({ key, time: Number(timeIn(value)) }));
}

/** @param {Uint8Array} value */
const timeIn = (value) => value.subarray(0, 8).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
