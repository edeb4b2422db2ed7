// @ts-check
/** Substitutions and the void: who comes in is decided, not chosen (section 6.1). */
import { bytewise, exactly, Refused } from './canonical.js';
import { hexAfter } from './sha256.js';
import { isTime } from './sources.js';

/** @typedef {Record<string, string>} Row */
/** @typedef {{kind: string, in: string, out: string, visit: string}} Change */
/**
 * @typedef {object} State
 * @property {string} draw @property {string} at time of the step
 * @property {any} outcome the firms' outcome @property {any} [teamsOutcome] @property {any} [teamsNotice] @property {Row[]} [edges]
 * @property {string} seed of the teams, empty while it is sealed
 * @property {Change[]} earlier
 */

/** @type {Record<string, string[]>} */
const REASONS = { firm: ['closed', 'moved', 'merged'], inspector: ['illness', 'recusal', 'transfer'] };

const BLANK_ENDS = /^[ \u3000\t\n\r]|[ \u3000\t\n\r]$/;

/** Checks one `substitution.json`; `sealed` when its successor cannot be told yet. @param {any} record @param {State} state @returns {{sealed: boolean}} */
export function checkSubstitution(record, state) {
  exactly(record, ['at', 'by', 'draw', 'evidence', 'format', 'in', 'kind', 'out', 'reason', 'visit'], 'substitution_malformed');
  checkWords(record, state);
  const found = record.kind === 'firm' ? firmIn(state.outcome, state.earlier, record.out) : inspectorIn(record, state);
  if (found === null) return { sealed: true };
  if (found !== record.in) throw new Refused('substitute_differs', { expected: found });
  return { sealed: false };
}

/** @param {any} record @param {State} state */
function checkWords(record, { draw, at }) {
  const wrong = (/** @type {string} */ field) => new Refused('substitution_malformed', { field });
  for (const [field, value] of Object.entries(record)) if (typeof value !== 'string') throw wrong(field);
  if (record.format !== 'sunlot/1 substitution') throw wrong('format');
  if (record.draw !== draw) throw wrong('draw');
  if (record.at !== at) throw wrong('at');
  if (!record.by.trim()) throw wrong('by');
  if (!record.evidence.trim()) throw wrong('evidence');
  if (!Object.hasOwn(REASONS, record.kind)) throw wrong('kind');
  if (!REASONS[record.kind].includes(record.reason)) throw wrong('reason');
  if ((record.kind === 'firm') !== (record.visit === '')) throw wrong('visit');
}

/** The firms to be visited now. @param {any} outcome @param {Change[]} earlier @returns {string[]} */
export function visitsNow(outcome, earlier) {
  const visits = new Set(outcome.selected.map((/** @type {any} */ firm) => firm.id));
  for (const change of earlier) {
    if (change.kind === 'firm' && visits.delete(change.out)) visits.add(change.in);
    if (change.kind === 'addition') visits.add(change.in);
  }
  return [...visits];
}

/** The reserve that comes in for a firm. @param {any} outcome @param {Change[]} earlier @param {string} out @returns {string} */
export function firmIn(outcome, earlier, out) {
  if (!visitsNow(outcome, earlier).includes(out)) throw new Refused('out_not_visited', { out });
  return nextReserve(outcome, earlier, out);
}

/** The first reserve by rank of a firm's cell that neither came in nor went out. @param {any} outcome @param {Change[]} earlier @param {string} out @returns {string} */
function nextReserve(outcome, earlier, out) {
  const { cell } = [...outcome.selected, ...outcome.reserves].find((firm) => firm.id === out) ?? {};
  const used = new Set(earlier.flatMap((change) => (change.kind === 'addition' ? [change.in] : change.kind === 'firm' ? [change.in, change.out] : [])));
  const free = outcome.reserves.filter((/** @type {any} */ firm) => firm.cell === cell && !used.has(firm.id));
  if (!free.length) throw new Refused('no_reserve_left', { cell });
  return free.reduce((/** @type {any} */ first, /** @type {any} */ firm) => (firm.rank < first.rank ? firm : first)).id;
}

const LEAST = 2; // days on which a firm must have been tried
const CHINA = 8 * 3600_000; // ms

/** Checks one `addition.json`: the next reserve besides a firm that was tried in vain and stays drawn (section 6.1). @param {any} record @param {State} state */
export function checkAddition(record, { draw, at, outcome, earlier }) {
  exactly(record, ['approver', 'at', 'attempts', 'by', 'draw', 'evidence', 'for', 'format', 'in'], 'addition_malformed');
  const wrong = (/** @type {string} */ field) => new Refused('addition_malformed', { field });
  for (const field of ['approver', 'by', 'evidence', 'for', 'in']) if (typeof record[field] !== 'string' || !record[field] || BLANK_ENDS.test(record[field])) throw wrong(field);
  if (record.format !== 'sunlot/1 addition') throw wrong('format');
  if (record.draw !== draw) throw wrong('draw');
  if (record.at !== at) throw wrong('at');
  if (record.approver === record.by) throw wrong('approver');
  if (!attemptsHold(record.attempts, at)) throw wrong('attempts');
  if (earlier.some((change) => change.kind === 'addition' && change.out === record.for)) throw new Refused('added_already', { out: record.for });
  const expected = firmIn(outcome, earlier, record.for);
  if (expected !== record.in) throw new Refused('substitute_differs', { expected });
}

/** @param {any} attempts @param {string} at */
function attemptsHold(attempts, at) {
  if (!Array.isArray(attempts) || attempts.length < LEAST) return false;
  const last = new Date(Date.parse(at) + CHINA).toISOString().slice(0, 10);
  return attempts.every((one, i) => {
    if (!one || Object.keys(one).sort().join() !== 'on,photos' || !isDay(one.on) || one.on > last || (i > 0 && attempts[i - 1].on >= one.on)) return false;
    const { photos } = one;
    return Array.isArray(photos) && photos.length > 0 && photos.every((hash, n) => typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) && (n === 0 || photos[n - 1] < hash));
  });
}

/** @param {any} text */
const isDay = (text) => typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().slice(0, 10) === text;

/** The team of every visit now. @param {any} teamsOutcome @param {Change[]} earlier @returns {Map<string, Set<string>>} */
export function teamsNow(teamsOutcome, earlier) {
  const teams = new Map(teamsOutcome.teams.map((/** @type {any} */ team) => [team.visit, new Set(team.members)]));
  for (const change of earlier) {
    if (change.kind === 'inspector' && teams.get(change.visit)?.delete(change.out)) teams.get(change.visit).add(change.in);
  }
  return teams;
}

/** The inspector who comes in, `null` without a seed. @param {Change} record @param {State} state @returns {string | null} */
function inspectorIn({ out, visit }, { teamsOutcome, teamsNotice, edges, seed, earlier }) {
  if (!teamsOutcome || !teamsNotice || !edges) throw new Refused('evidence_missing', { needs: 'teams_outcome' });
  const teams = teamsNow(teamsOutcome, earlier);
  const team = teams.get(visit);
  if (!team?.has(out)) throw new Refused('out_not_in_team', { out, visit });
  if (!seed) return null;
  const own = edges.filter((edge) => edge.visit === visit);
  const group = own.find((edge) => edge.inspector === out)?.group;
  const gone = new Set(earlier.filter((change) => change.kind === 'inspector' && change.visit === visit).map((change) => change.out));
  const most = new Map(teamsNotice.inspectors.map((/** @type {any} */ person) => [person.id, person.max]));
  const loads = loadsOf(teams);
  const free = own
    .filter((edge) => edge.group === group && !team.has(edge.inspector) && !gone.has(edge.inspector))
    .map((edge) => edge.inspector)
    .filter((id) => (loads.get(id) ?? 0) < (most.get(id) ?? 0));
  if (!free.length) throw new Refused('no_reserve_left', { visit });
  const order = hexAfter(`${seed}|S|${visit}|`);
  return free.map((id) => ({ id, order: order(id) })).sort((a, b) => bytewise(a.order, b.order) || bytewise(a.id, b.id))[0].id;
}

/** @param {Map<string, Set<string>>} teams */
function loadsOf(teams) {
  /** @type {Map<string, number>} */
  const loads = new Map();
  for (const team of teams.values()) for (const id of team) loads.set(id, (loads.get(id) ?? 0) + 1);
  return loads;
}

/**
 * Checks `void.json`, and that nobody voided what he could have computed: a source known by then is recorded or said never to have come.
 * @param {any} record @param {string} draw @param {string} at @param {any[]} unseeded the sources of the notice announced last where its seed is not recorded
 * @returns {any[]} the sources said never to have come
 */
export function checkVoid(record, draw, at, unseeded) {
  const { approvers, reason, format, missing } = exactly(record, ['approvers', 'at', 'draw', 'format', 'missing', 'reason'], 'void_malformed');
  const wrong = (/** @type {string} */ field) => new Refused('void_malformed', { field });
  const names = Array.isArray(approvers) && approvers.every((name) => typeof name === 'string' && name && !BLANK_ENDS.test(name));
  if (!names || approvers.length < 2) throw wrong('approvers');
  for (let i = 1; i < approvers.length; i++) if (bytewise(approvers[i - 1], approvers[i]) >= 0) throw wrong('approvers');
  if (format !== 'sunlot/1 void') throw wrong('format');
  if (record.draw !== draw) throw wrong('draw');
  if (!isTime(record.at) || record.at !== at) throw wrong('at');
  if (typeof reason !== 'string' || !reason || BLANK_ENDS.test(reason)) throw wrong('reason');
  const known = unseeded.map(({ known_at }, i) => (known_at <= at ? i + 1 : 0)).filter(Boolean);
  if (!Array.isArray(missing) || missing.some((number, i) => !known.includes(number) || (i > 0 && missing[i - 1] >= number))) throw wrong('missing');
  if (known.length && !missing.length) throw new Refused('seed_owed');
  return missing.map((number) => unseeded[number - 1]);
}
