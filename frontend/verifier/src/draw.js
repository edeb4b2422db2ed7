// @ts-check
/** The whole check of a draw's folder, one line for each thing checked, and what became of one firm (sections 3 to 6). */
import { decode, dumps, loads, readTable, Refused, rootOf } from './canonical.js';
import { announcedCells, checkPolicy, drawCells, firmChecker, judgeOf, pathOf, ranking, round } from './firms.js';
import { checkTeamsNotice } from './network.js';
import { checkSeed } from './seed.js';
import { hex } from './sha256.js';
import { checkAnnouncement, isDay } from './sources.js';
import { inspectSteps } from './steps.js';
import { checkBefore } from './series.js';
import { checkAddition, checkSubstitution, checkVoid, visitsNow } from './substitution.js';
import { drawTeams } from './teams.js';

/** @typedef {{kind: 'equal' | 'differs' | 'withheld' | 'outside', what: string, file?: string, detail: Record<string, any>}} Line */
/** @typedef {import('./steps.js').Step} Step */
/** @typedef {import('./steps.js').Files} Files */
/** @typedef {import('./canonical.js').Progress} Progress */
/** @typedef {Record<string, string>} Row */
/** @typedef {{firms: string, teams: string}} Nonces */

const FRAME = 'id,name,territory,industry,hazard_class,risk_level,credit_class,key_unit,level,status,intensity,intensity_cause,intensity_until,visits,last_visit,drawn'.split(',');
const INSPECTORS = 'id,name,certificate,valid_to,department,specialities,drawable,private'.split(',');
const EDGES = ['visit', 'inspector', 'group', 'bucket', 'f'];
const ABSENT = ['visit', 'inspector', 'reason'];
const PAIR = ['visit', 'inspector'];

/** A thing that only a check of other things would give; a check that needs it differs. */
class Missing extends Refused {
  /** @param {string} needs */
  constructor(needs) {
    super('evidence_missing', { needs });
  }
}

/** Checks all of a draw's folder. @param {Files} files @param {string} drawName @param {Nonces} [nonces] opened later @param {Progress} [progress] @param {string} [checkCode] the reader's own @param {import('./steps.js').HashOf} [hashOf] for who has hashed the files already @returns {Line[]} */
export function checkDraw(files, drawName, nonces = { firms: '', teams: '' }, progress = () => {}, checkCode = '', hashOf = undefined) {
  const check = new Check(files, drawName, nonces, progress, checkCode, hashOf);
  try {
    check.all();
  } catch (error) {
    check.say('differs', 'folder', reasonOf(error));
  }
  return check.lines;
}

/** What a refusal says; a mistake of another kind is bad data as well. @param {any} error @returns {Record<string, any>} */
export function reasonOf(error) {
  if (error instanceof Refused) return { ...error.detail, reason: error.kind };
  return { reason: 'malformed', message: String(error?.message ?? error) };
}

class Check {
  /** @param {Files} files @param {string} drawName @param {Nonces} nonces @param {Progress} progress @param {string} checkCode @param {import('./steps.js').HashOf} [hashOf] */
  constructor(files, drawName, nonces, progress, checkCode, hashOf) {
    this.checkCode = checkCode;
    this.files = files;
    this.hashOf = hashOf;
    this.drawName = drawName;
    this.nonces = nonces;
    this.progress = progress;
    /** @type {Line[]} */
    this.lines = [];
    /** @type {Step[]} */
    this.steps = [];
    /** What has been found good so far. @type {Record<string, any>} */
    this.found = {};
  }

  /** @param {Line['kind']} kind @param {string} what @param {Record<string, any>} [detail] @param {string} [file] */
  say(kind, what, detail = {}, file) {
    this.lines.push(file ? { kind, what, file, detail } : { kind, what, detail });
  }

  /** One line for one check; its answer is kept under its name. @param {string} what @param {string} file @param {() => any} work @param {(answer: any) => Record<string, any>} [tell] */
  attempt(what, file, work, tell = () => ({})) {
    try {
      const answer = work();
      this.found[what] = answer ?? true;
      this.say('equal', what, tell(answer), file);
    } catch (error) {
      const { file: named, ...detail } = reasonOf(error);
      this.say('differs', what, detail, named ?? file);
    }
  }

  /** @param {string} what */
  need(what) {
    if (!(what in this.found)) throw new Missing(what);
    return this.found[what];
  }

  /** @param {string} what @returns {Step | undefined} */
  step(what) {
    return this.steps.find((step) => step.what === what);
  }

  /** @param {string} path */
  bytes(path) {
    return bytesIn(this.files, path);
  }

  /** @param {string} path */
  text(path) {
    return textIn(this.files, path);
  }

  all() {
    const { steps, problems } = inspectSteps(this.files, this.drawName, this.hashOf);
    this.steps = steps;
    if (!problems.length) this.say('equal', 'steps', { count: steps.length });
    for (const { kind, detail: { file, ...detail } } of problems) this.say('differs', 'steps', { ...detail, reason: kind }, file);
    this.firms();
    this.teams();
    this.changes();
    this.before();
    const last = steps[steps.length - 1];
    if (!last?.hash) return;
    if (this.checkCode) this.say(this.checkCode === last.hash ? 'equal' : 'differs', 'check_code_given', { code: last.hash });
    else this.say('outside', 'check_code', { code: last.hash });
  }

  /** The files of a notice and the rules both stages share. @param {Step} step @param {'firms' | 'teams'} stage */
  notice(step, stage) {
    const text = this.text(`${step.folder}/notice.json`);
    const notice = loads(text);
    const expected = { algorithm: 'sunlot/1', announced_at: step.at, draw: this.drawName, stage };
    for (const [field, value] of Object.entries(expected)) {
      if (notice[field] !== value) throw new Refused('notice_wrong', { field, expected: value });
    }
    return { notice, text, hash: hex(text), folder: step.folder };
  }

  /** A table that a notice names: columns, rows and root. @param {any} named @param {string} folder @param {string} file @param {string[]} columns @param {string[]} key @returns {Row[]} */
  table(named, folder, file, columns, key) {
    const bytes = this.bytes(`${folder}/${file}`);
    if (dumps(named?.columns) !== dumps(columns) || named.file !== file) throw new Refused('table_differs', { field: 'columns' });
    if (decode(bytes.subarray(0, bytes.indexOf(10))) !== columns.join(',')) throw new Refused('table_differs', { field: 'columns' });
    const rows = readTable(bytes, key, this.progress);
    if (rows.length !== named.rows) throw new Refused('table_differs', { field: 'rows', expected: named.rows, rows: rows.length });
    const root = rootOf(bytes, this.progress);
    if (root !== named.root) throw new Refused('root_differs', { expected: named.root, root });
    return rows;
  }

  firms() {
    const step = this.step('notice');
    if (!step) return this.say('differs', 'firms_notice', { reason: 'file_missing' }, '01-notice/notice.json');
    const path = (/** @type {string} */ name) => `${step.folder}/${name}`;
    this.attempt('firms_notice', path('notice.json'), () => this.notice(step, 'firms'));
    this.attempt('firms_sources', path('notice.json'), () => checkAnnouncement(this.need('firms_notice').notice));
    this.attempt('frame', path('firms.csv'), () => this.frame(step), (rows) => ({ rows: rows.length }));
    this.attempt('inspectors', path('inspectors.csv'), () => this.inspectors(step), (rows) => ({ rows: rows.length }));
    this.attempt('cells', path('notice.json'), () => this.cells(), (cells) => ({ cells: cells.length }));
    this.seed('firms', 'seed');
    this.outcome('firms', 'outcome', 'cells', () => {
      const { notice, hash } = this.need('firms_notice');
      return drawCells(notice, hash, this.need('cells'), this.need('firms_seed').seed, this.progress);
    });
  }

  /** @param {Step} step */
  frame(step) {
    const rows = this.table(this.need('firms_notice').notice.frame, step.folder, 'firms.csv', FRAME, ['id']);
    rows.forEach(firmChecker(isDay));
    return rows;
  }

  /** @param {Step} step */
  inspectors(step) {
    const rows = this.table(this.need('firms_notice').notice.inspectors, step.folder, 'inspectors.csv', INSPECTORS, ['id']);
    const bad = rows.find((row) => !/^[0-9A-Z-]{1,32}$/.test(row.id) || !row.drawable);
    if (bad) throw new Refused('inspector_malformed', { id: bad.id });
    return rows;
  }

  cells() {
    const { notice } = this.need('firms_notice');
    checkPolicy(notice.policy, FRAME, isDay);
    return announcedCells(notice, this.need('frame'), this.progress);
  }

  /** @param {'firms' | 'teams'} stage @param {string} what */
  seed(stage, what) {
    const step = this.step(what);
    if (!step) return this.say('withheld', `${stage}_seed`, { reason: 'not_seeded' });
    const file = `${step.folder}/seed.json`;
    let answer = { seed: '', sealed: true, grade: '' };
    try {
      const { notice, text } = this.need(`${stage}_notice`);
      this.need(`${stage}_sources`);
      if (notice.sources.some((/** @type {any} */ source) => source.known_at > step.at)) throw new Refused('too_early', { at: step.at });
      answer = checkSeed(notice, text, loads(this.text(file)), this.nonces[stage] ?? '');
    } catch (error) {
      const { file: named, ...detail } = reasonOf(error);
      return this.say('differs', `${stage}_seed`, detail, named ?? file);
    }
    this.found[`${stage}_seed`] = answer;
    if (answer.sealed) this.say('withheld', `${stage}_seed`, { reason: 'sealed', grade: answer.grade }, file);
    else this.say('equal', `${stage}_seed`, { seed: answer.seed, grade: answer.grade }, file);
  }

  /** The outcome computed again, byte for byte. What it says is kept even where it cannot be computed. @param {'firms' | 'teams'} stage @param {string} what @param {string} needs @param {() => any} compute */
  outcome(stage, what, needs, compute) {
    const step = this.step(what);
    if (!step) return this.noOutcome(stage, what);
    const file = `${step.folder}/outcome.json`;
    this.tell(stage, file);
    if (this.found[`${stage}_seed`]?.sealed && this.files.has(file)) return this.say('withheld', `${stage}_outcome`, { reason: 'sealed' }, file);
    this.attempt(`${stage}_outcome`, file, () => {
      const text = this.text(file);
      this.need(needs);
      if (dumps(compute()) !== text) throw new Refused('outcome_differs');
      return true;
    });
  }

  /** A seed known before the draw was void must have its outcome. @param {'firms' | 'teams'} stage @param {string} what */
  noOutcome(stage, what) {
    const owed = this.step('void') && this.step(stage === 'firms' ? 'seed' : 'teams-seed');
    if (owed) this.say('differs', `${stage}_outcome`, { reason: 'outcome_owed' }, `${owed.folder}/seed.json`);
    else this.say('withheld', `${stage}_outcome`, { reason: 'not_drawn', after: what });
  }

  /** @param {'firms' | 'teams'} stage @param {string} file */
  tell(stage, file) {
    try {
      this.found[`${stage}_told`] = { outcome: loads(this.text(file)), hash: hex(this.bytes(file)) };
    } catch {
      // The line of the outcome says what is wrong with it.
    }
  }

  teams() {
    const step = this.step('teams-notice');
    if (!step) return this.noTeams();
    const path = (/** @type {string} */ name) => `${step.folder}/${name}`;
    this.attempt('teams_notice', path('notice.json'), () => this.notice(step, 'teams'));
    this.attempt('teams_sources', path('notice.json'), () => checkAnnouncement(this.need('teams_notice').notice));
    const table = (/** @type {'edges' | 'absent'} */ name, /** @type {string[]} */ columns) =>
      this.attempt(name, path(`${name}.csv`), () => this.table(this.need('teams_notice').notice[name], step.folder, `${name}.csv`, columns, PAIR), (rows) => ({ rows: rows.length }));
    table('edges', EDGES);
    table('absent', ABSENT);
    this.attempt('network', path('notice.json'), () => this.network(step));
    this.seed('teams', 'teams-seed');
    this.outcome('teams', 'teams-outcome', 'network', () => {
      const { notice, hash } = this.need('teams_notice');
      return drawTeams(notice, hash, this.need('edges'), this.need('teams_seed').seed);
    });
  }

  noTeams() {
    this.say('withheld', 'teams_notice', { reason: 'not_announced' });
    for (const [stage, reason] of [['teams-seed', 'not_seeded'], ['teams-outcome', 'not_drawn']]) {
      const step = this.step(stage);
      const what = stage.replace('-', '_');
      if (step) this.say('differs', what, { reason: 'evidence_missing', needs: 'teams_notice' }, step.folder);
      else this.say('withheld', what, { reason });
    }
  }

  /** @param {Step} step */
  network(step) {
    const told = this.need('firms_told');
    const visits = visitsNow(told.outcome, this.changesBefore(step.number));
    const visited = new Set(visits);
    checkTeamsNotice({
      notice: this.need('teams_notice').notice,
      firmsNotice: this.need('firms_notice').notice,
      outcomeHash: told.hash,
      visits,
      firms: this.need('frame').filter((/** @type {Row} */ row) => visited.has(row.id)),
      inspectors: this.need('inspectors'),
      edges: this.need('edges'),
      absent: this.need('absent'),
      progress: this.progress,
    });
  }

  /** The substitutions and additions before a step, as they say. @param {number} number */
  changesBefore(number) {
    const before = this.steps.filter(({ what, number: at }) => (what === 'substitution' || what === 'addition') && at < number);
    return before.map(({ what, folder }) => {
      const told = loads(this.text(`${folder}/${what}.json`));
      return what === 'addition' ? { kind: what, in: told.in, out: told.for, visit: '' } : told;
    });
  }

  /** Substitutions and the void. */
  changes() {
    for (const step of this.steps) {
      if (step.what === 'void') {
        const file = `${step.folder}/void.json`;
        this.attempt('void', file, () => checkVoid(loads(this.text(file)), this.drawName, step.at, this.unseeded(step)));
        const missing = Array.isArray(this.found.void) ? this.found.void : [];
        if (missing.length) this.say('outside', 'void_missing', { sources: missing.map((source) => [source.kind, source.issue ?? source.round ?? source.label ?? source.participant].join(' ')).join('、') }, file);
      }
      if (step.what === 'substitution') this.substitution(step);
      if (step.what === 'addition') this.addition(step);
    }
  }

  /** The sources of the notice announced last before a step, where its seed is not recorded by then. @param {Step} step @returns {any[]} */
  unseeded(step) {
    const teams = this.step('teams-notice');
    const stage = teams && teams.number < step.number ? 'teams' : 'firms';
    const { notice } = this.need(`${stage}_notice`);
    this.need(`${stage}_sources`);
    const seed = this.step(stage === 'firms' ? 'seed' : 'teams-seed');
    return seed && seed.number < step.number ? [] : notice.sources;
  }

  /** Draws are numbered without a gap; which came before and which were voided stands in the notice and is compared outside. */
  before() {
    try {
      const detail = checkBefore(this.need('firms_notice').notice);
      if (detail) this.say('outside', 'before', detail);
    } catch (error) {
      this.say('differs', 'before', reasonOf(error), '01-notice/notice.json');
    }
  }

  /** @param {Step} step */
  substitution(step) {
    const file = `${step.folder}/substitution.json`;
    let sealed = false;
    try {
      sealed = checkSubstitution(loads(this.text(file)), this.stateAt(step)).sealed;
      if (sealed && !this.found.teams_seed?.sealed) throw new Missing('teams_seed');
    } catch (error) {
      const { file: named, ...detail } = reasonOf(error);
      return this.say('differs', 'substitution', detail, named ?? file);
    }
    this.say(sealed ? 'withheld' : 'equal', 'substitution', sealed ? { reason: 'sealed' } : {}, file);
  }

  /** @param {Step} step */
  addition(step) {
    const file = `${step.folder}/addition.json`;
    try {
      checkAddition(loads(this.text(file)), this.stateAt(step));
    } catch (error) {
      const { file: named, ...detail } = reasonOf(error);
      return this.say('differs', 'addition', detail, named ?? file);
    }
    this.say('equal', 'addition', {}, file);
  }

  /** @param {Step} step @returns {import('./substitution.js').State} */
  stateAt(step) {
    const drawn = (this.step('teams-outcome')?.number ?? Infinity) < step.number;
    return {
      draw: this.drawName,
      at: step.at,
      outcome: this.need('firms_told').outcome,
      teamsOutcome: drawn ? this.need('teams_told').outcome : undefined,
      teamsNotice: this.found.teams_notice?.notice,
      edges: this.found.edges,
      seed: this.found.teams_seed?.seed ?? '',
      earlier: this.changesBefore(step.number),
    };
  }
}

/**
 * What became of one firm: its row, cell, chance, ticket and rank among the cell's firms.
 * @param {Files} files @param {string} id @param {Nonces} [nonces] @param {Progress} [progress]
 * @returns {{state: 'unknown' | 'excluded' | 'announced' | 'selected' | 'reserve' | 'not', reason: string, row: Row | null, cell: string, chance: [number, number] | null, ticket: string, rank: number, cutoff: string, count: number, selected: number}}
 */
export function explainFirm(files, id, nonces = { firms: '', teams: '' }, progress = () => {}) {
  const answer = { state: /** @type {const} */ ('unknown'), reason: '', row: null, cell: '', chance: null, ticket: '', rank: 0, cutoff: '', count: 0, selected: 0 };
  const text = textIn(files, '01-notice/notice.json');
  const notice = loads(text);
  const rows = readTable(bytesIn(files, '01-notice/firms.csv'), ['id'], progress);
  const row = rows.find((firm) => firm.id === id);
  if (!row) return answer;
  const { rule, reason } = judgeOf(notice.policy)(row);
  const cell = rule ? pathOf(row, rule, notice.policy) : '';
  if (reason) return { ...answer, state: 'excluded', reason, row, cell };
  const cells = announcedCells(notice, rows, progress);
  const own = /** @type {import('./firms.js').Cell} */ (cells.find(({ path }) => path === cell));
  const { chance } = notice.cells.find((/** @type {any} */ told) => told.cell === cell);
  const known = { ...answer, row, cell, chance, count: own.eligible.length };
  if (!files.has('02-seed/seed.json')) return { ...known, state: 'announced', reason: 'not_seeded' };
  const { seed, sealed } = checkSeed(notice, text, loads(textIn(files, '02-seed/seed.json')), nonces.firms);
  if (sealed) return { ...known, state: 'announced', reason: 'sealed' };
  const outcome = drawCells(notice, '', [own], seed, progress, round(cells, seed));
  const ranked = ranking(own, seed);
  const rank = ranked.findIndex((firm) => firm.id === id) + 1;
  const { cutoff, selected, reserves } = /** @type {any} */ (outcome.cells[0]);
  const state = rank <= selected ? 'selected' : rank <= selected + reserves ? 'reserve' : 'not';
  return { ...known, state, ticket: ranked[rank - 1].ticket, rank, cutoff, selected };
}

/** A file that must be there. @param {Files} files @param {string} path */
export function bytesIn(files, path) {
  const bytes = files.get(path);
  if (!bytes) throw new Refused('file_missing', { file: path });
  return bytes;
}

/** @param {Files} files @param {string} path */
const textIn = (files, path) => decode(bytesIn(files, path));
