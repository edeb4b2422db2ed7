// @ts-check
/** Whose signatures count (C2SP tlog-policy), and proofs of single entries (C2SP tlog-proof). */
import { same } from './bytes.js';
import { Refused } from './canonical.js';
import { checkInclusion, leafHash } from './merkle.js';
import { base64, COSIGNATURE, cosigners, openCheckpoint, parseNote, readKey } from './notes.js';

/** @typedef {{logs: import('./notes.js').Key[], witnesses: Map<string, import('./notes.js').Key>, groups: Map<string, {least: number, members: string[]}>, quorum: string}} Policy */

/** @param {string} text @returns {Policy} */
export function parsePolicy(text) {
  /** @type {Policy} */
  const policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: '' };
  const members = new Set();
  text.split('\n').forEach((line, at) => {
    const words = line.split(/[ \t]+/).filter(Boolean);
    if (!words.length || words[0].startsWith('#')) return;
    try {
      take(policy, members, words);
    } catch {
      throw new Refused('policy_malformed', { line: at + 1 });
    }
  });
  if (!policy.quorum) throw new Refused('policy_malformed', { line: 0 });
  return policy;
}

/** @param {Policy} policy @param {Set<string>} members @param {string[]} words */
function take(policy, members, [word, name, ...rest]) {
  const known = (/** @type {string} */ n) => policy.witnesses.has(n) || policy.groups.has(n);
  const must = (/** @type {any} */ truth) => {
    if (!truth) throw new Refused('policy_malformed');
  };
  if (word === 'log') {
    const key = readKey(name);
    must(key.kind !== COSIGNATURE && rest.length < 2 && !policy.logs.some((other) => same(other.key, key.key)));
    policy.logs.push(key);
  } else if (word === 'witness') {
    const key = readKey(rest[0]);
    must(key.kind === COSIGNATURE && rest.length < 3 && !known(name) && name !== 'none');
    must(![...policy.witnesses.values()].some((other) => same(other.key, key.key)));
    policy.witnesses.set(name, key);
  } else if (word === 'group') {
    const [least, ...names] = rest;
    const count = least === 'any' ? 1 : least === 'all' ? names.length : /^[0-9]+$/.test(least) ? Number(least) : 0;
    must(!known(name) && name !== 'none' && count >= 1 && count <= names.length && new Set(names).size === names.length);
    must(names.every((member) => known(member) && !members.has(member)));
    names.forEach((member) => members.add(member));
    policy.groups.set(name, { least: count, members: names });
  } else {
    must(word === 'quorum' && !rest.length && !policy.quorum && (known(name) || name === 'none'));
    policy.quorum = name;
  }
}

/** @param {Policy} policy @param {Set<string>} signed names of witnesses */
export function met(policy, signed) {
  /** @param {string} name @returns {boolean} */
  const holds = (name) => {
    const group = policy.groups.get(name);
    return group ? group.members.filter(holds).length >= group.least : signed.has(name);
  };
  return policy.quorum === 'none' || holds(policy.quorum);
}

/** @typedef {{checkpoint: import('./notes.js').Checkpoint, times: Map<string, number>}} Anchor */

/** A checkpoint whose quorum is met. @param {import('./notes.js').Note} note @param {Policy} policy @returns {Anchor} */
export function checkAnchor(note, policy) {
  const checkpoint = openCheckpoint(note, policy.logs);
  const found = cosigners(note, [...policy.witnesses.values()]);
  const times = new Map();
  for (const [name, key] of policy.witnesses) {
    const line = found.find((entry) => entry.key === key);
    if (line) times.set(name, line.time);
  }
  if (!met(policy, new Set(times.keys()))) throw new Refused('quorum_not_met', { quorum: policy.quorum, present: [...times.keys()].join('、') });
  return { checkpoint, times };
}

/** @param {string} text */
export function parseProof(text) {
  const cut = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(cut, 0)).split('\n');
  if (lines.shift() !== 'c2sp.org/tlog-proof@v1') throw new Refused('proof_malformed');
  if (lines[0]?.startsWith('extra ')) base64(lines.shift()?.slice(6) ?? '');
  const index = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? '');
  const path = lines.map(base64);
  if (!index || path.some((step) => step.length !== 32)) throw new Refused('proof_malformed');
  return { index: Number(index[1]), path, note: parseNote(text.slice(cut + 2)) };
}

/** The anchor of an entry that stands in the log. @param {ReturnType<typeof parseProof>} proof @param {Uint8Array} entry @param {Policy} policy @param {import('./merkle.js').Digest} digest */
export function checkProof(proof, entry, policy, digest) {
  const anchor = checkAnchor(proof.note, policy);
  checkInclusion(digest, leafHash(digest, entry), proof.index, anchor.checkpoint.size, proof.path, anchor.checkpoint.root);
  return anchor;
}
