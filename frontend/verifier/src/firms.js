// @ts-check
/** Stage `firms`: cells, quotas, selection (section 4). */
import { bytewise, dumps, Refused } from './canonical.js';
import { fraction, lowest, min, add, times } from './fraction.js';
import { generator } from './generator.js';
import { hex, hexAfter } from './sha256.js';

/** @typedef {Record<string, string>} Row */
/** @typedef {import('./canonical.js').Progress} Progress */
/** @typedef {{path: string, rule: any, level: number, eligible: string[], drawn: number, quota?: import('./fraction.js').Fraction}} Cell */

/** @param {any} notice @param {string} noticeHash @param {Row[]} rows @param {string} seed @param {Progress} [progress] */
export function drawFirms(notice, noticeHash, rows, seed, progress) {
  return drawCells(notice, noticeHash, announcedCells(notice, rows, progress), seed, progress);
}

/** The cells with their quotas, which must be those of the notice. @param {any} notice @param {Row[]} rows @param {Progress} [progress] @returns {Cell[]} */
export function announcedCells(notice, rows, progress) {
  const { cells, told } = computedCells(notice.policy, rows, progress);
  if (dumps(told.cells) !== dumps(notice.cells) || dumps(told.excluded) !== dumps(notice.excluded)) throw new Refused('cells_differ');
  return cells;
}

/** The cells with their quotas, and what a notice tells of them. @param {any} policy @param {Row[]} rows @param {Progress} [progress] */
export function computedCells(policy, rows, progress) {
  const { cells, excluded } = classify(rows, policy, progress);
  expect(cells, policy);
  const reasons = [...excluded.keys()].sort(bytewise).map((reason) => ({ count: excluded.get(reason), reason }));
  return { cells, told: { cells: cells.map(describe), excluded: reasons } };
}

/** @param {any} notice @param {string} noticeHash @param {Cell[]} cells @param {string} seed @param {Progress} [progress] @param {ReturnType<typeof round>} [rounded] when `cells` are only some of those rounded */
export function drawCells(notice, noticeHash, cells, seed, progress = () => {}, rounded = round(cells, seed)) {
  const { numbers, t, of } = rounded;
  const outcome = { cells: [], draw: notice.draw, format: 'sunlot/1 outcome', notice: noticeHash, of, reserves: [], seed, selected: [], stage: 'firms', t };
  const total = cells.reduce((sum, cell) => sum + cell.eligible.length, 0);
  let done = 0;
  for (const cell of cells) {
    select(/** @type {any} */ (outcome), cell, numbers.get(cell.path) ?? 0, notice.policy.reserves, seed, (more) => progress(done + more, total, 'tickets'));
    done += cell.eligible.length;
  }
  return outcome;
}

/** Section 4.3. @param {Row[]} rows @param {any} policy @param {Progress} [progress] */
export function classify(rows, policy, progress = () => {}) {
  /** @type {Map<string, Cell>} */
  const cells = new Map();
  /** @type {Map<string, number>} */
  const excluded = new Map();
  const judge = judgeOf(policy);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const { rule, reason } = judge(row);
    if (reason) excluded.set(reason, (excluded.get(reason) ?? 0) + 1);
    if (i % 16384 === 0) progress(i, rows.length, 'classify');
    if (!rule) continue;
    const path = pathOf(row, rule, policy);
    let cell = cells.get(path);
    if (!cell && policy.spread.some((/** @type {string} */ column) => /[/|]/.test(row[column]))) throw new Refused('path_malformed', { id: row.id });
    if (!cell) cells.set(path, (cell = { path, rule, level: intensity(row, policy), eligible: [], drawn: 0 }));
    if (reason === 'drawn') cell.drawn++;
    if (!reason) cell.eligible.push(row.id);
  }
  return { cells: [...cells.values()].sort((a, b) => bytewise(a.path, b.path)), excluded };
}

/** Path of a firm's cell. @param {Row} row @param {any} rule @param {any} policy */
export function pathOf(row, rule, policy) {
  let path = `${rule.name}/${intensity(row, policy)}`;
  for (const column of policy.spread) path += '/' + (row[column] || '-');
  return path;
}

/** What becomes of a firm: its rule, and the reason when it is excluded. @param {any} policy @returns {(row: Row) => {rule: any, reason: string}} */
export function judgeOf(policy) {
  const rules = policy.rules.map((/** @type {any} */ rule) => ({ rule, when: Object.entries(rule.when) }));
  const date = Date.parse(policy.date);
  /** @type {Map<string, number>} */
  const days = new Map();
  const daysSince = (/** @type {string} */ day) => {
    let since = days.get(day);
    if (since === undefined) days.set(day, (since = (date - Date.parse(day)) / 86400000));
    return since;
  };
  return (row) => {
    for (const entry of policy.scope) if (!entry.values.includes(row[entry.column])) return { rule: null, reason: entry.reason };
    const rule = rules.find((/** @type {any} */ { when }) => when.every((/** @type {any} */ [column, values]) => values.includes(row[column])))?.rule;
    if (!rule) return { rule: null, reason: 'class' };
    if (row.drawn) return { rule, reason: 'drawn' };
    if (rule.cap && Number(row.visits) >= rule.cap) return { rule, reason: 'cap' };
    if (row.last_visit && daysSince(row.last_visit) < rule.gap) return { rule, reason: 'gap' };
    return { rule, reason: '' };
  };
}

/** @param {Row} row @param {any} policy */
function intensity(row, policy) {
  const level = Number(row.intensity);
  return level > 0 && bytewise(row.intensity_until, policy.date) >= 0 ? Math.min(level, policy.intensity.length - 1) : 0;
}

/** Section 4.4: give every cell its expected quota. @param {Cell[]} cells @param {any} policy */
function expect(cells, policy) {
  const open = new Set(cells);
  for (const cell of cells) if (cell.rule.direction === 'all') settle(open, cell, fraction(cell.eligible.length, 1));
  for (const rule of policy.rules) {
    const own = [...open].filter((cell) => cell.rule.name === rule.name);
    if (rule.count && !own.length && rule.direction !== 'all') throw new Refused('quota_too_large');
    if ('count' in rule && own.length) fill(open, own, fraction(rule.count, 1), (cell) => fraction(policy.intensity[cell.level], 1));
  }
  if (policy.budget) {
    const spent = cells.filter((cell) => !open.has(cell)).reduce((sum, cell) => add(sum, quotaOf(cell)), fraction(0, 1));
    const left = add(fraction(policy.budget, 1), times(spent, fraction(-1, 1)));
    if (left.top < 0n) throw new Refused('budget_too_small');
    fill(open, [...open], left, (cell) => times(fraction(cell.rule.rate[0], cell.rule.rate[1]), fraction(policy.intensity[cell.level], 1)));
  }
  for (const cell of [...open]) settle(open, cell, byRate(cell, policy));
  for (const cell of cells) {
    const quota = quotaOf(cell);
    const floor = quota.top / quota.bottom;
    const ceiling = floor + (quota.top % quota.bottom ? 1n : 0n);
    if (cell.rule.direction === 'floor') cell.quota = fraction(floor, 1);
    if (cell.rule.direction === 'ceil') cell.quota = min(fraction(ceiling, 1), fraction(cell.eligible.length, 1));
  }
}

/** @param {Set<Cell>} open @param {Cell} cell @param {import('./fraction.js').Fraction} quota */
function settle(open, cell, quota) {
  cell.quota = quota;
  open.delete(cell);
}

/** @param {Cell} cell */
const quotaOf = (cell) => cell.quota ?? fraction(0, 1);

/** @param {Cell} cell @param {any} policy */
function byRate(cell, policy) {
  const n = fraction(cell.eligible.length, 1);
  const one = fraction(1, 1);
  const base = fraction(cell.rule.rate[0], cell.rule.rate[1]);
  const rate = min(one, times(base, fraction(policy.intensity[cell.level], 1)));
  if (policy.rounds === 1) return times(n, rate);
  if (policy.round === 1) return min(n, times(times(n, rate), fraction(policy.share[0], policy.share[1])));
  if (base.top >= base.bottom) return n;
  const catchUp = add(times(fraction(cell.eligible.length + cell.drawn, 1), rate), fraction(-cell.drawn, 1));
  return catchUp.top < 0n ? fraction(0, 1) : min(n, catchUp);
}

/** Water-filling. @param {Set<Cell>} open @param {Cell[]} own @param {import('./fraction.js').Fraction} n @param {(cell: Cell) => import('./fraction.js').Fraction} weight */
function fill(open, own, n, weight) {
  const size = (/** @type {Cell} */ cell) => fraction(cell.eligible.length, 1);
  const available = own.filter((cell) => weight(cell).top > 0n).reduce((sum, cell) => sum + cell.eligible.length, 0);
  if (n.top > BigInt(available) * n.bottom) throw new Refused('quota_too_large');
  /** @type {Set<Cell>} */
  const full = new Set();
  for (;;) {
    const rest = own.filter((cell) => !full.has(cell));
    const left = [...full].reduce((sum, cell) => add(sum, times(size(cell), fraction(-1, 1))), n);
    const total = rest.reduce((sum, cell) => add(sum, times(size(cell), weight(cell))), fraction(0, 1));
    const scale = total.top ? times(left, { top: total.bottom, bottom: total.top }) : fraction(0, 1);
    const more = rest.filter((cell) => {
      const rate = times(scale, weight(cell));
      return cell.eligible.length && rate.top >= rate.bottom;
    });
    if (!more.length) {
      for (const cell of own) settle(open, cell, full.has(cell) ? size(cell) : times(times(scale, weight(cell)), size(cell)));
      return;
    }
    more.forEach((cell) => full.add(cell));
  }
}

/** @param {Cell} cell */
function describe(cell) {
  const quota = lowest(quotaOf(cell));
  const chance = cell.eligible.length ? lowest(times(quota, { top: 1n, bottom: BigInt(cell.eligible.length) })) : fraction(0, 1);
  return {
    cell: cell.path,
    chance: [Number(chance.top), Number(chance.bottom)],
    count: cell.eligible.length,
    direction: cell.rule.direction,
    quota: [Number(quota.top), Number(quota.bottom)],
  };
}

/** Section 4.5. @param {Cell[]} cells @param {string} seed */
export function round(cells, seed) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  const broken = [];
  for (const cell of cells) {
    const quota = lowest(quotaOf(cell));
    if (quota.bottom === 1n) numbers.set(cell.path, Number(quota.top));
    else broken.push({ path: cell.path, quota, key: keyOf(cell.path, seed) });
  }
  if (!broken.length) return { numbers, t: 0, of: 0 };
  const of = broken.reduce((d, { quota }) => (d / gcd(d, quota.bottom)) * quota.bottom, 1n);
  if (of >= 2n ** 53n) throw new Refused('quota_too_fine');
  broken.sort((a, b) => compareLists(a.key, b.key));
  const t = generator(seed, 'quota')(of);
  let sum = 0n;
  for (const { path, quota } of broken) {
    const before = (sum + t) / of;
    sum += (quota.top * of) / quota.bottom;
    numbers.set(path, Number((sum + t) / of - before));
  }
  return { numbers, t: Number(t), of: Number(of) };
}

/** @param {string} path @param {string} seed */
function keyOf(path, seed) {
  const parts = path.split('/');
  return parts.map((_, depth) => hex(`${seed}|C|${parts.slice(0, depth + 1).join('/')}`));
}

/** @param {string[]} a @param {string[]} b */
function compareLists(a, b) {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return a.length - b.length;
}

/** @param {bigint} a @param {bigint} b @returns {bigint} */
const gcd = (a, b) => (b ? gcd(b, a % b) : a);

/** The eligible firms of a cell in the order of their tickets. @param {Cell} cell @param {string} seed @param {(done: number) => void} [progress] */
export function ranking(cell, seed, progress = () => {}) {
  const ticketOf = hexAfter(`${seed}|T|`);
  return cell.eligible
    .map((id, done) => {
      if (done % 16384 === 0) progress(done);
      return { id, ticket: ticketOf(id) };
    })
    .sort((a, b) => (a.ticket < b.ticket ? -1 : a.ticket > b.ticket ? 1 : bytewise(a.id, b.id)));
}

/** How many reserves a cell of `n` firms has. @param {number} n @param {number} m @param {{least: number, part: [number, number]}} reserves */
function reservesOf(n, m, { least, part: [p, q] }) {
  if (!m) return 0;
  const share = Number((BigInt(m) * BigInt(p) + BigInt(q) - 1n) / BigInt(q));
  return Math.min(n - m, Math.max(least, share));
}

/** Section 4.6. @param {any} outcome @param {Cell} cell @param {number} m @param {any} reserves @param {string} seed @param {(done: number) => void} progress */
function select(outcome, cell, m, reserves, seed, progress) {
  const r = reservesOf(cell.eligible.length, m, reserves);
  const ranked = ranking(cell, seed, progress).slice(0, m + r).map(({ id, ticket }, i) => ({ cell: cell.path, id, rank: i + 1, ticket }));
  for (const firm of ranked) (firm.rank > m ? outcome.reserves : outcome.selected).push(firm);
  outcome.cells.push({ cell: cell.path, count: cell.eligible.length, cutoff: m ? ranked[m - 1].ticket : '', reserves: r, selected: m });
}

const FIRM_ID = /^(?:[0-9A-HJ-NPQRTUWXY]{18}|REG15-[0-9]{15}|REG13-[0-9]{13}|ORG9-[0-9A-Z]{8}[0-9X])$/;

/** Whether a firm's fields are spelled as sections 1 and 4.1 say. @param {(day: string) => boolean} isDay @returns {(row: Row) => void} */
export function firmChecker(isDay) {
  /** @type {Map<string, boolean>} */
  const days = new Map([['', true]]);
  const good = (/** @type {string} */ day) => days.get(day) ?? (days.set(day, isDay(day)), /** @type {boolean} */ (days.get(day)));
  return (row) => {
    const wrong = (/** @type {string} */ field) => new Refused('firm_malformed', { id: row.id, field });
    if (!FIRM_ID.test(row.id)) throw wrong('id');
    if (!/^[0-9]$/.test(row.intensity)) throw wrong('intensity');
    if (!good(row.intensity_until)) throw wrong('intensity_until');
    if (!/^(?:0|[1-9][0-9]{0,5})$/.test(row.visits)) throw wrong('visits');
    if (!good(row.last_visit)) throw wrong('last_visit');
    if (!/^[0-9A-Z-]{0,32}$/.test(row.drawn)) throw wrong('drawn');
  };
}

/** Whether a policy is one that section 4 can be computed with. @param {any} policy @param {string[]} columns of the frame @param {(day: string) => boolean} isDay */
export function checkPolicy(policy, columns, isDay) {
  const { budget, date, intensity: factors, reserves, round: part, rounds, rules, scope, share, spread } = policy;
  const check = (/** @type {any} */ good, /** @type {string} */ field) => {
    if (!good) throw new Refused('policy_malformed', { field });
  };
  const texts = (/** @type {any} */ list) => Array.isArray(list) && list.every((text) => typeof text === 'string');
  check(isCount(budget), 'budget');
  check(isDay(date), 'date');
  check(Array.isArray(factors) && factors.length && factors.every(isCount), 'intensity');
  check(isCount(reserves.least) && isRatio(reserves.part), 'reserves');
  check([1, 2].includes(rounds) && [1, 2].includes(part) && part <= rounds, 'round');
  check(rounds === 1 || isRatio(share), 'share');
  check(Array.isArray(scope) && scope.every(({ column, values, reason }) => columns.includes(column) && texts(values) && typeof reason === 'string' && reason), 'scope');
  check(texts(spread) && spread.every((/** @type {string} */ column) => columns.includes(column)), 'spread');
  check(Array.isArray(rules) && new Set(rules.map(({ name }) => name)).size === rules.length, 'rules');
  for (const { cap, count, direction, gap, name, rate, when } of rules) {
    check(typeof name === 'string' && name && !/[/|]/.test(name), 'rules.name');
    check(isCount(cap) && isCount(gap) && isRatio(rate) && (count === undefined || isCount(count)), 'rules');
    check(['random', 'all', 'ceil', 'floor'].includes(direction), 'rules.direction');
    check(Object.entries(when).every(([column, values]) => columns.includes(column) && texts(values)), 'rules.when');
  }
}

/** @param {any} value */
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;

/** @param {any} pair */
const isRatio = (pair) => Array.isArray(pair) && pair.length === 2 && isCount(pair[0]) && isCount(pair[1]) && pair[1] > 0;
