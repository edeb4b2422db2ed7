// @ts-check
/** The rules about a notice's sources, and their texts from the evidence (sections 3.1, 3.2 and 3.3). */
import { chainOf, lastRound, timeOf, verifyBeacon } from './beacon.js';
import { exactly, Refused } from './canonical.js';
import { canonicalNumbers, GAMES, isGame } from './lotteries.js';
import { hex } from './sha256.js';

/** @typedef {any} Source */

const HASH = /^[0-9a-f]{64}$/;
const LABEL = /^[0-9a-z-]{1,32}$/;
const ENOUGH = 24;

/** @type {Record<string, string[]>} */
const FIELDS = { drand: ['chain', 'round'], hand: ['bits', 'label'], reveal: ['commit', 'participant'] };

/** Whether a text is a time that exists. @param {any} text */
export const isTime = (text) => typeof text === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && exists(text);

/** Whether a text is a day that exists. @param {any} text */
export const isDay = (text) => typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text) && exists(`${text}T00:00:00Z`);

/** @param {string} time */
function exists(time) {
  const date = new Date(time);
  return !Number.isNaN(date.getTime()) && !time.startsWith('0000') && date.toISOString() === time.replace('Z', '.000Z');
}

/** @param {Source} source */
export const isPublic = (source) => source.kind === 'drand' || isGame(source.kind);

/** Section 3.2, all of a notice. @param {any} notice */
export function checkAnnouncement(notice) {
  if (typeof notice.secret !== 'boolean') throw new Refused('secret_wrong');
  const fits = notice.secret ? HASH.test(notice.nonce_commit) && typeof notice.nonce_commit === 'string' : notice.nonce_commit === '';
  if (!fits) throw new Refused('nonce_commit_wrong');
  checkSources(notice.sources, notice.announced_at);
}

/** Section 3.2, the sources. @param {any} sources @param {any} announcedAt */
export function checkSources(sources, announcedAt) {
  if (!isTime(announcedAt)) throw new Refused('announced_at_wrong', { announced_at: announcedAt });
  if (!Array.isArray(sources) || !sources.length) throw new Refused('sources_empty');
  sources.forEach((source, index) => checkSource(source, index, announcedAt));
  const names = sources.map(nameOf);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Refused('source_twice', { source: twice });
  checkTogether(sources);
}

/** @param {Source} source @param {number} index @param {string} announcedAt */
function checkSource(source, index, announcedAt) {
  const wrong = (/** @type {string} */ why) => new Refused('source_wrong', { index, why });
  const kind = source?.kind;
  if (typeof kind !== 'string' || !(isGame(kind) || Object.hasOwn(FIELDS, kind))) throw wrong('kind');
  exactly(source, ['kind', 'known_at', ...(isGame(kind) ? ['issue'] : FIELDS[kind])], 'source_wrong');
  if (!isTime(source.known_at)) throw wrong('known_at');
  if (source.known_at <= announcedAt) throw new Refused('source_known_already', { index, known_at: source.known_at });
  if (isGame(kind) && !matches(source.issue, /^[0-9]{5,8}$/)) throw wrong('issue');
  if (kind === 'hand' && !(matches(source.label, LABEL) && whole(source.bits, 512))) throw wrong('hand');
  if (kind === 'reveal' && !(matches(source.participant, LABEL) && matches(source.commit, HASH))) throw wrong('reveal');
  if (kind === 'drand') checkRound(source, index);
}

/** @param {Source} source @param {number} index */
function checkRound({ chain, round, known_at }, index) {
  chainOf(chain);
  if (!whole(round, lastRound(chain))) throw new Refused('source_wrong', { index, why: 'round' });
  if (timeOf(chain, round) !== known_at) throw new Refused('source_wrong', { index, why: 'known_at', expected: timeOf(chain, round) });
}

/** Enough bits, and the last word with a public source. @param {Source[]} sources */
function checkTogether(sources) {
  const open = sources.filter(isPublic);
  const bits = (open.length ? open : sources).reduce((sum, source) => sum + bitsOf(source), 0);
  if (bits < ENOUGH) throw new Refused('sources_too_few_bits', { bits });
  const latest = sources.reduce((last, { known_at }) => (known_at > last ? known_at : last), '');
  const allowed = open.length ? isPublic : (/** @type {Source} */ source) => source.kind === 'hand';
  if (!sources.every((source) => source.known_at !== latest || allowed(source))) throw new Refused('last_source_not_public', { known_at: latest });
}

/** @param {Source} source */
function bitsOf(source) {
  if (source.kind === 'drand') return 256;
  if (source.kind === 'hand') return source.bits;
  return isGame(source.kind) ? GAMES[source.kind].bits : 0;
}

/** What may be named only once. @param {Source} source */
function nameOf(source) {
  if (source.kind === 'drand') return `drand ${source.chain} ${source.round}`;
  return `${source.kind} ${source.label ?? source.participant ?? source.issue}`;
}

/** @param {any} value @param {RegExp} pattern */
const matches = (value, pattern) => typeof value === 'string' && pattern.test(value);

/** @param {any} value @param {number} most */
const whole = (value, most) => Number.isSafeInteger(value) && value >= 1 && value <= most;

/** What `seed.json` says of the grade: cosignatures, and so 甲, are told elsewhere. @param {Source[]} sources */
export const gradeOf = (sources) => (sources.some(isPublic) ? '乙' : '丙');

/** Section 3.1: the text of a source from its evidence (3.3). @param {Source} source @param {any} evidence @param {{draw: string, stage: string}} notice */
export function textOf(source, evidence, notice) {
  if (evidence === null || typeof evidence !== 'object' || Array.isArray(evidence)) throw new Refused('evidence_wrong', { source: nameOf(source) });
  if (source.kind === 'drand') return drandText(source, evidence);
  if (source.kind === 'hand') return handText(source, evidence);
  if (source.kind === 'reveal') return revealText(source, evidence, notice);
  return lotteryText(source, evidence);
}

/** @param {Source} source @param {any} evidence */
function drandText({ chain, round }, { signature, previous }) {
  return `drand=${chain}/${round}/${verifyBeacon(chain, round, signature, previous)}`;
}

/** @param {Source} source @param {any} evidence */
function lotteryText(source, evidence) {
  const wrong = (/** @type {string} */ why) => new Refused('evidence_wrong', { source: nameOf(source), why });
  if (evidence.issue !== source.issue) throw wrong('issue');
  if (evidence.drawn_on !== beijingDay(source.known_at)) throw wrong('drawn_on');
  if (!enteredByTwo(evidence.entered_by)) throw wrong('entered_by');
  return `${source.kind}=${source.issue}/${canonicalNumbers(source.kind, evidence.numbers)}`;
}

/** @param {Source} source @param {any} evidence */
function handText(source, evidence) {
  const wrong = (/** @type {string} */ why) => new Refused('evidence_wrong', { source: nameOf(source), why });
  const value = typeof evidence.value === 'string' ? evidence.value.trim() : '';
  if (!/^[0-9A-Za-z,]+$/.test(value)) throw wrong('value');
  if (!enteredByTwo(evidence.entered_by)) throw wrong('entered_by');
  return `hand=${source.label}/${value}`;
}

/** @param {Source} source @param {any} evidence @param {{draw: string, stage: string}} notice */
function revealText({ participant, commit }, evidence, { draw, stage }) {
  const wrong = (/** @type {string} */ why) => new Refused('evidence_wrong', { source: `reveal ${participant}`, why });
  if ('absent' in evidence) {
    if (evidence.absent !== true || 'value' in evidence) throw wrong('absent');
    return `reveal=${participant}/absent`;
  }
  const { value } = evidence;
  if (!matches(value, /^[0-9A-Za-z]+$/) || value === 'absent') throw wrong('value');
  if (hex(`sunlot/1|reveal|${draw}|${stage}|${participant}|${value}`) !== commit) throw wrong('commit');
  return `reveal=${participant}/${value}`;
}

/** At least two different names that are not blank. @param {any} names */
export function enteredByTwo(names) {
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) return false;
  return new Set(names.map((name) => name.trim()).filter((name) => name)).size >= 2;
}

/** The calendar day at UTC+8. @param {string} time */
const beijingDay = (time) => new Date(Date.parse(time) + 8 * 3600000).toISOString().slice(0, 10);
