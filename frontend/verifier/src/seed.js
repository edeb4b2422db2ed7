// @ts-check
/** `seed.json` against its notice: evidence, nonce, seed and grade (sections 3.1 and 3.3). */
import { exactly, Refused } from './canonical.js';
import { makeSeed } from './generator.js';
import { hex } from './sha256.js';
import { gradeOf, textOf } from './sources.js';

const HASH = /^[0-9a-f]{64}$/;
const FIELDS = ['draw', 'format', 'grade', 'nonce', 'notice', 'seed', 'sources', 'stage'];

/** `sealed` when the nonce is not opened; `seed` is then empty. @param {any} notice @param {string} noticeText @param {any} record @param {string} [nonce] opened later @returns {{seed: string, sealed: boolean, grade: string}} */
export function checkSeed(notice, noticeText, record, nonce = '') {
  exactly(record, FIELDS, 'seed_malformed');
  checkNames(notice, noticeText, record);
  const texts = checkTexts(notice, record.sources);
  const grade = gradeOf(notice.sources);
  if (record.grade !== grade) throw new Refused('grade_differs', { expected: grade });
  const opened = openNonce(notice, record, nonce);
  if (opened === null) return { seed: '', sealed: true, grade };
  const seed = makeSeed(noticeText, opened, texts);
  if (record.seed !== 'withheld' && record.seed !== seed) throw new Refused('seed_differs', { expected: seed });
  return { seed, sealed: false, grade };
}

/** @param {any} notice @param {string} noticeText @param {any} record */
function checkNames(notice, noticeText, record) {
  const expected = { draw: notice.draw, format: 'sunlot/1 seed', notice: hex(noticeText), stage: notice.stage };
  for (const [field, value] of Object.entries(expected)) {
    if (record[field] !== value) throw new Refused('seed_of_another_notice', { field, expected: value });
  }
}

/** The source texts, in the notice's order, each from its evidence. @param {any} notice @param {any} told @returns {string[]} */
function checkTexts(notice, told) {
  if (!Array.isArray(told) || told.length !== notice.sources.length) throw new Refused('sources_differ');
  return told.map((entry, index) => {
    exactly(entry, ['evidence', 'text'], 'seed_malformed');
    const text = textOf(notice.sources[index], entry.evidence, notice);
    if (entry.text !== text) throw new Refused('source_text_differs', { index, expected: text });
    return text;
  });
}

/** The nonce of the seed, `null` while it is sealed. @param {any} notice @param {any} record @param {string} nonce @returns {string | null} */
function openNonce(notice, record, nonce) {
  const withheld = record.nonce === 'withheld';
  if (withheld !== (record.seed === 'withheld')) throw new Refused('nonce_wrong', { why: 'nonce and seed are withheld together' });
  if (!notice.secret) {
    if (record.nonce !== '' || nonce !== '') throw new Refused('nonce_wrong', { why: 'open draw' });
    return '';
  }
  if (!withheld) checkNonce(notice, record.nonce);
  if (nonce !== '') checkNonce(notice, nonce);
  return withheld ? nonce || null : record.nonce;
}

/** @param {any} notice @param {any} nonce */
function checkNonce({ draw, stage, nonce_commit }, nonce) {
  if (typeof nonce !== 'string' || !HASH.test(nonce)) throw new Refused('nonce_wrong', { why: 'spelling' });
  if (hex(`sunlot/1|nonce|${draw}|${stage}|${nonce}`) !== nonce_commit) throw new Refused('nonce_wrong', { why: 'commitment' });
}
