// @ts-check
/** The record: its canonical text as docs/sync.md has it, and what it lacks before it may be signed (as sunlot.office.visits.sheet says). */
import { dumps } from '../../verifier/src/canonical.js';
import { hex } from '../../verifier/src/sha256.js';
import { _ } from './words.js';

const NOBODY_THERE = ['closed', 'unreachable', 'gone']; // outcomes of a visit that could not be held
const NOTHING_TO_CHECK = ['no_activity', 'uncooperative']; // held without any point: the summary says why, once for all
const FAST = 15 * 60_000; // ms by which a phone's clock may be ahead of the office's
const CHINA = 8 * 3600_000; // ms
const ONSITE = 'onsite'; // the method that an off-site check never is
const OFFICERS = ['leader', 'member'];

/** The partner departments of a joint visit that took part. @param {any} body @returns {any[]} */
export const departments = ({ frame, sheet }) => (frame.departments || []).filter((/** @type {any} */ one) => !String(sheet[`joint/${one.code}/absent`] || '').trim());

/** What the two times of a visit are called. @param {any} frame */
export const timeNames = (frame) => (frame.offsite ? ['核查开始时间', '核查结束时间'] : ['到达时间', '离开时间']);

/** The methods a visit can have been held by. @param {any} frame @param {Record<string, string>} methods */
export const methodsOf = (frame, methods) => Object.fromEntries(Object.entries(methods).filter(([code]) => !frame.offsite || code !== ONSITE));

/** Whether the firm must sign, or a reason stand in its place. @param {any} body @param {any} office */
export const firmSigns = ({ frame, sheet }, office) => !nobodyThere(sheet.outcome) && (!frame.offsite || office.offsite_firm_signature);

/** @param {string} outcome */
export const nobodyThere = (outcome) => NOBODY_THERE.includes(outcome);

/** Officers of the team: experts and helpers neither count nor sign. @param {any} frame @returns {any[]} */
export const officers = (frame) => frame.team.filter((/** @type {any} */ one) => OFFICERS.includes(one.part));

/** @param {import('./book.js').Book} book @param {string} uid @returns {{text: string, sha256: string, edition: number, body: any}} */
export function make(book, uid) {
  const visit = book.visits.get(uid);
  const counted = [...book.of(uid).values()].filter((change) => !change.refused);
  const sheet = Object.fromEntries([...book.fields(uid)].filter(([, one]) => one.value !== null).map(([field, one]) => [field, one.value]));
  const body = { format: 'sunlot/1 visit record', frame: visit.frame, edition: edition(book, visit), changes: counted.map((change) => change.id).sort(), sheet };
  const text = dumps(body);
  return { text, sha256: hex(text), edition: body.edition, body };
}

/** One more once somebody has signed the last. @param {import('./book.js').Book} book @param {any} visit */
function edition(book, visit) {
  if (!visit.record) return 1;
  const unsigned = visit.record.signed === false || visit.state === 'signing';
  return visit.record.edition + (unsigned ? 0 : 1);
}

/** @param {any} sheet @param {'findings' | 'hazards'} kind @returns {any[]} those that stand */
export function standing(sheet, kind) {
  /** @type {Map<string, any>} */ const found = new Map();
  for (const [field, value] of Object.entries(sheet)) {
    const [head, id, part] = field.split('/');
    if (head === kind) found.set(id, { ...(found.get(id) || { id }), [part]: value });
  }
  return [...found.values()].filter((one) => one.text && !one.withdrawn).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** @param {any} sheet @returns {any[]} */
export function photosOf(sheet) {
  return Object.entries(sheet).filter(([field]) => /^photos\/[^/]+$/.test(field) && !sheet[`${field}/withdrawn`]).map(([field, value]) => ({ sha256: field.slice(7), ...value }));
}

/** What a photo was taken of, as the record numbers it: a problem, a hazard, a check point; empty for the place as a whole. @param {string} of @param {any} sheet @param {any} frame @returns {string} */
export function subject(of, sheet, frame) {
  const [kind, name] = [of.slice(0, of.indexOf('/')), of.slice(of.indexOf('/') + 1)];
  if (kind === 'answers') return pointsOf(frame).includes(name) ? `要点 ${name}` : '';
  const title = /** @type {Record<string, string>} */ ({ findings: '问题', hazards: '清单外隐患' })[kind];
  if (!title) return '';
  const at = standing(sheet, /** @type {'findings' | 'hazards'} */ (kind)).findIndex((one) => one.id === name);
  return at < 0 ? `${title}（不在记录中）` : `${title} ${at + 1}`;
}

/** What keeps the record from being signed, in sentences with the step where it is put right. @param {any} body @param {any} office @param {string[]} window first and last day @returns {{step: string, sentence: string}[]} */
export function lacks({ sheet, frame }, office, window) {
  /** @type {{step: string, sentence: string}[]} */ const found = [];
  const say = (/** @type {string} */ step, /** @type {string} */ sentence) => found.push({ step, sentence });
  const text = (/** @type {string} */ field) => String(sheet[field] || '').trim();
  const absent = nobodyThere(sheet.outcome);
  const here = officers(frame).filter((one) => one.certificate && sheet[`checkin/${one.inspector}`]);
  const did = frame.offsite ? _('确认参加核查') : _('签到');
  const [began, ended] = timeNames(frame).map((name) => _(name));
  if (here.length < office.least_officers) say('in', _`持证执法人员${did} ${here.length} 名，须有 ${office.least_officers} 名以上；请各自用自己的账号${did}。`);
  if (!text('times/arrived')) say('in', _`没有填写${began}。`);
  times(sheet, frame, office, window, say);
  if (!absent) content(sheet, frame, say);
  if (!frame.offsite && !text('place')) say('facts', _('没有填写检查场所。'));
  if (!(sheet.methods || []).length) say('facts', _('没有填写核查方式。'));
  else if (frame.offsite && sheet.methods.includes(ONSITE)) say('facts', _('非现场检查的核查方式不能有“实地核查”；到过现场的请按现场检查办理。'));
  if (!photosOf(sheet).length) say('facts', frame.offsite ? _('没有任何材料或截图；没有证据的检查不能办结。') : _('没有任何照片或扫描件；没有证据的检查不能办结。'));
  if (!text('summary')) say('facts', _('没有填写检查情况。'));
  if (!sheet.outcome) say('facts', _('没有填写检查结果。'));
  if (!absent && !text('handling')) say('facts', _('没有填写处理情况。'));
  if (!absent) gone(sheet, frame, say);
  if (!absent) outcome(sheet, frame, say);
  if (!absent && !text('times/left')) say('facts', _`没有填写${ended}。`);
  return found;
}

/** Times that cannot be; the office's clock counts, as the phone last heard it. @param {any} sheet @param {any} frame @param {any} office @param {string[]} window @param {(step: string, sentence: string) => void} say */
function times(sheet, frame, office, window, say) {
  const [began, ended] = timeNames(frame).map((name) => _(name));
  const [arrived, left] = ['times/arrived', 'times/left'].map((field) => (sheet[field] ? Date.parse(sheet[field]) : 0));
  if (Math.max(arrived, left) > Date.now() + (office.ahead || 0) + FAST) say(left > arrived ? 'facts' : 'in', _`${began}或${ended}在将来，请核对手机的时钟后改正。`);
  if (arrived && new Date(arrived + CHINA).toISOString().slice(0, 10) < window[0]) say('in', _`${began}早于检查期起 ${window[0]}，请改正。`);
  if (arrived && left && left < arrived) say('facts', _`${ended}早于${began}，请改正。`);
}

/** @param {any} frame @returns {string[]} */
export const pointsOf = (frame) => frame.items.flatMap((/** @type {any} */ item) => item.points.map((/** @type {any} */ point) => `${item.number}/${point.position}`));

/** @param {any} sheet @param {any} frame @param {(step: string, sentence: string) => void} say */
function content(sheet, frame, say) {
  const points = pointsOf(frame);
  const answer = (/** @type {string} */ point) => sheet[`answers/${point}`] || 'unseen';
  const free = NOTHING_TO_CHECK.includes(sheet.outcome);
  const bare = free ? [] : points.filter((point) => answer(point) === 'unseen' && !String(sheet[`notes/${point}`] || '').trim());
  if (bare.length) say('check', _`${bare.length} 个要点未查，须在说明中写明原因：${bare.slice(0, 5).join('、')}${bare.length > 5 ? '…' : ''}。`);
  if (!free && !points.some((point) => ['pass', 'fail'].includes(answer(point)))) say('check', _('没有查过任何要点。'));
  const findings = standing(sheet, 'findings');
  const named = new Set(findings.map((one) => one.point));
  points.filter((point) => answer(point) === 'fail' && !named.has(point)).forEach((point) => say('check', _`要点 ${point} 不合格，但没有写明问题。`));
  findings.forEach((one, at) => (!one.severity || !String(one.article || '').trim()) && say('found', _`第 ${at + 1} 个问题（${one.text.slice(0, 12)}）没有写明隐患等级或依据的条文。`));
  standing(sheet, 'hazards').forEach((one, at) => !one.severity && say('found', _`第 ${at + 1} 个清单外隐患没有写明隐患等级。`));
}

/** A department that did not come has checked nothing. @param {any} sheet @param {any} frame @param {(step: string, sentence: string) => void} say */
function gone(sheet, frame, say) {
  const came = departments({ frame, sheet });
  for (const one of (frame.departments || []).filter((/** @type {any} */ each) => !came.includes(each))) {
    const answered = pointsOf(frame).filter((point) => one.items.includes(point.slice(0, point.lastIndexOf('/'))) && ['pass', 'fail'].includes(sheet[`answers/${point}`]));
    answered.forEach((point) => say('check', _`${one.name}没有参加，要点 ${point} 不能有它的检查结果。`));
  }
}

/** @param {any} sheet @param {any} frame @param {(step: string, sentence: string) => void} say */
function outcome(sheet, frame, say) {
  const trouble = [...standing(sheet, 'findings'), ...standing(sheet, 'hazards')];
  const answers = pointsOf(frame).map((point) => sheet[`answers/${point}`]);
  if (['no_problem', 'no_activity'].includes(sheet.outcome) && (trouble.length || answers.includes('fail'))) say('facts', _('有问题或隐患，检查结果不能是“未发现问题”。'));
  else if (sheet.outcome === 'no_problem' && !answers.includes('pass')) say('facts', _('没有一个要点查为合格，不能写“未发现问题”。'));
  else if (['corrected', 'pending'].includes(sheet.outcome) && !trouble.length) say('facts', _('检查结果写有问题，但没有写明是什么问题。'));
  else if (sheet.outcome === 'corrected' && !trouble.every((one) => one.corrected)) say('facts', _('还有问题没有标明现场已改正，检查结果应为“发现问题待后续处理”。'));
  else if (sheet.outcome === 'pending' && !(sheet.dispositions || []).length) say('facts', _('问题待后续处理，请填写后续处置。'));
}
