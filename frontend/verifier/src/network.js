// @ts-check
/** A teams' notice against what the firms' stage fixed (section 5.0) and its own network (the checks of section 5.1). */
import { bytewise, dumps, exactly, Refused } from './canonical.js';

/** @typedef {Record<string, string>} Row */
/** @typedef {import('./canonical.js').Progress} Progress */
/**
 * @typedef {object} Given
 * @property {any} notice the teams' notice
 * @property {any} firmsNotice
 * @property {string} outcomeHash sha256 of the firms' outcome.json
 * @property {string[]} visits selected firms, with the substitutions made before
 * @property {Row[]} firms @property {Row[]} inspectors @property {Row[]} edges @property {Row[]} absent
 * @property {Progress} [progress]
 */

const SCALE = 2 ** 20;
const ID = /^[0-9A-Z-]{1,32}$/;
const REASONS = ['repeat', 'zero', 'withheld'];

/** @param {Given} given */
export function checkTeamsNotice(given) {
  const { notice, firmsNotice } = given;
  if (notice.scale !== SCALE) throw new Refused('notice_wrong', { field: 'scale' });
  if (notice.outcome !== given.outcomeHash) throw new Refused('outcome_of_another_draw', { expected: given.outcomeHash });
  checkPairs(notice, firmsNotice.teams);
  checkVisits(given);
  checkInspectors(given);
  checkEdges(given);
  checkAbsent(given);
  checkEveryPair(given);
  checkSums(notice, given.edges);
}

/** @param {any} notice @param {any} teams */
function checkPairs({ pairs, reserve_depth }, teams) {
  if (pairs?.mode !== teams.pairs || !['report', 'swap'].includes(pairs.mode)) throw new Refused('notice_wrong', { field: 'pairs' });
  const good = (/** @type {any} */ pair) => Array.isArray(pair) && pair.length === 2 && pair.every((id) => typeof id === 'string' && ID.test(id)) && pair[0] !== pair[1];
  if (!Array.isArray(pairs.previous) || !pairs.previous.every(good)) throw new Refused('notice_wrong', { field: 'pairs' });
  if (!isCount(reserve_depth) || reserve_depth !== teams.reserve_depth) throw new Refused('notice_wrong', { field: 'reserve_depth' });
}

/** Who is visited, by how many of which groups. @param {Given} given */
function checkVisits({ notice, firmsNotice, visits, firms }) {
  const { size, special } = firmsNotice.teams;
  if (!isCount(size) || size < 1 || !Array.isArray(special)) throw new Refused('notice_wrong', { field: 'teams' });
  sameIds(notice.visits, visits, 'visits');
  const rows = byId(firms);
  for (const visit of notice.visits) {
    exactly(visit, ['groups', 'id', 'size'], 'network_malformed');
    const groups = special.includes(rows.get(visit.id)?.hazard_class)
      ? [group('specialist', 1, size), group('other', 0, size - 1)]
      : [group('certified', size, size)];
    if (visit.size !== size || dumps(visit.groups) !== dumps(groups)) throw new Refused('groups_differ', { visit: visit.id });
  }
}

/** @param {string} name @param {number} min @param {number} max */
const group = (name, min, max) => ({ max, min, name, parent: '' });

/** @param {Given} given */
function checkInspectors({ notice, inspectors }) {
  sameIds(notice.inspectors, inspectors.filter((row) => row.drawable === 'yes').map((row) => row.id), 'inspectors');
  for (const person of notice.inspectors) {
    exactly(person, ['buckets', 'id', 'lead', 'max', 'min'], 'network_malformed');
    const wrong = () => new Refused('network_malformed', { inspector: person.id });
    if (typeof person.lead !== 'boolean' || !isCount(person.min) || !isCount(person.max) || !Array.isArray(person.buckets)) throw wrong();
    const names = person.buckets.map((/** @type {any} */ bucket) => exactly(bucket, ['max', 'name'], 'network_malformed').name);
    if (new Set(names).size !== names.length || !names.every((/** @type {any} */ name) => typeof name === 'string' && name)) throw wrong();
    if (!person.buckets.every((/** @type {any} */ bucket) => isCount(bucket.max))) throw wrong();
  }
}

/** Entries sorted bytewise by id, and exactly those. @param {any} entries @param {string[]} ids @param {string} field */
function sameIds(entries, ids, field) {
  if (!Array.isArray(entries)) throw new Refused('notice_wrong', { field });
  const expected = [...ids].sort(bytewise);
  if (entries.length !== expected.length) throw new Refused('notice_wrong', { field, expected: expected.length });
  expected.forEach((id, index) => {
    if (entries[index]?.id !== id) throw new Refused('notice_wrong', { field, index, expected: id });
  });
}

/** Every edge names a visit's group and an inspector's bucket. @param {Given} given */
function checkEdges({ notice, firms, inspectors, edges, progress = () => {} }) {
  const rows = byId(firms);
  const visits = byId(notice.visits);
  const staff = byId(notice.inspectors);
  const skills = new Map(inspectors.map((row) => [row.id, row.specialities.split(/[；;、,]/).map((name) => name.trim())]));
  edges.forEach((edge, index) => {
    const wrong = (/** @type {string} */ why) => new Refused('edge_wrong', { visit: edge.visit, inspector: edge.inspector, why });
    const [firm, visit, member] = [rows.get(edge.visit), visits.get(edge.visit), staff.get(edge.inspector)];
    if (!firm || !visit || !member) throw wrong('unknown');
    if (!/^[1-9][0-9]{0,6}$/.test(edge.f) || Number(edge.f) > SCALE) throw wrong('f');
    if (edge.bucket && !member.buckets.some((/** @type {any} */ bucket) => bucket.name === edge.bucket)) throw wrong('bucket');
    if (edge.group !== groupOf(visit, skills.get(edge.inspector)?.includes(firm.hazard_class))) throw wrong('group');
    if (index % 16384 === 0) progress(index, edges.length, 'edges');
  });
}

/** @param {any} visit @param {boolean | undefined} skilled */
const groupOf = (visit, skilled) => (visit.groups.length === 1 ? 'certified' : skilled ? 'specialist' : 'other');

/** That its pairs are known follows from `checkEveryPair`. @param {Given} given */
function checkAbsent({ absent }) {
  const wrong = absent.find(({ reason }) => !REASONS.includes(reason));
  if (wrong) throw new Refused('absent_wrong', wrong);
}

/** Every pair of a visit and an inspector stands in exactly one table: all three are in the same order. @param {Given} given */
function checkEveryPair({ notice, edges, absent, progress = () => {} }) {
  let [e, a] = [0, 0];
  const is = (/** @type {Row | undefined} */ row, /** @type {string} */ visit, /** @type {string} */ person) => row?.visit === visit && row.inspector === person;
  notice.visits.forEach((/** @type {any} */ { id: visit }, /** @type {number} */ done) => {
    for (const { id: inspector } of notice.inspectors) {
      const [edge, gone] = [is(edges[e], visit, inspector), is(absent[a], visit, inspector)];
      if (edge === gone) throw new Refused(edge ? 'pair_twice' : 'pair_missing', { visit, inspector });
      if (edge) e++;
      else a++;
    }
    if (done % 256 === 0) progress(done, notice.visits.length, 'pairs');
  });
  const rest = edges[e] ?? absent[a];
  if (rest) throw new Refused('pair_unknown', { visit: rest.visit, inspector: rest.inspector });
}

/** Flows within their bounds. @param {any} notice @param {Row[]} edges */
function checkSums(notice, edges) {
  /** @type {Map<string, number>} */
  const sums = new Map();
  const add = (/** @type {string} */ node, /** @type {number} */ f) => sums.set(node, (sums.get(node) ?? 0) + f);
  for (const edge of edges) {
    const f = Number(edge.f);
    add(`v/${edge.visit}`, f);
    add(`g/${edge.visit}/${edge.group}`, f);
    add(`i/${edge.inspector}`, f);
    if (edge.bucket) add(`b/${edge.inspector}/${edge.bucket}`, f);
  }
  const within = (/** @type {string} */ node, /** @type {number} */ min, /** @type {number} */ max) => {
    const sum = sums.get(node) ?? 0;
    if (sum < min * SCALE || sum > max * SCALE) throw new Refused('probabilities_differ', { node, sum, min, max });
  };
  for (const { id, size, groups } of notice.visits) {
    within(`v/${id}`, size, size);
    for (const { name, min, max } of groups) within(`g/${id}/${name}`, min, max);
  }
  for (const { id, min, max, buckets } of notice.inspectors) {
    within(`i/${id}`, min, max);
    for (const bucket of buckets) within(`b/${id}/${bucket.name}`, 0, bucket.max);
  }
}

/** @template {{id: string}} T @param {T[]} entries @returns {Map<string, any>} */
const byId = (entries) => new Map(entries.map((entry) => [entry.id, entry]));

/** @param {any} value */
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
