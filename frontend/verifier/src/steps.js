// @ts-check
/** The folder of a draw: steps in order, every file's hash, nothing missing and nothing more (section 6). */
import { bytewise, decode, exactly, loads, Refused } from './canonical.js';
import { hex } from './sha256.js';
import { isTime } from './sources.js';

/** @typedef {{number: number, what: string, folder: string, at: string, hash: string}} Step */
/** @typedef {Map<string, Uint8Array>} Files */
/** @typedef {(path: string, bytes: Uint8Array) => string} HashOf */

const ORDER = ['notice', 'seed', 'outcome', 'teams-notice', 'teams-seed', 'teams-outcome'];

/** @type {Record<string, string[]>} */
const NEEDED = {
  notice: ['notice.json', 'firms.csv', 'inspectors.csv'],
  seed: ['seed.json'],
  outcome: ['outcome.json'],
  'teams-notice': ['notice.json', 'edges.csv', 'absent.csv'],
  'teams-seed': ['seed.json'],
  'teams-outcome': ['outcome.json'],
  substitution: ['substitution.json'],
  addition: ['addition.json'],
  void: ['void.json'],
};

/** The steps of a draw, or the first thing wrong with them. @param {Files} files @param {string} drawName @returns {Step[]} */
export function readSteps(files, drawName) {
  const { steps, problems } = inspectSteps(files, drawName);
  if (problems.length) throw problems[0];
  return steps;
}

/** The steps that can be told, and all that is wrong. @param {Files} files @param {string} drawName @param {HashOf} [hashOf] @returns {{steps: Step[], problems: Refused[]}} */
export function inspectSteps(files, drawName, hashOf = (_path, bytes) => hex(bytes)) {
  /** @type {Refused[]} */
  const problems = [];
  const note = (/** @type {string} */ kind, /** @type {string} */ file, detail = {}) => void problems.push(new Refused(kind, { ...detail, file }));
  if (!/^[0-9A-Z-]{1,32}$/.test(drawName)) note('draw_name_wrong', drawName);
  const folders = foldersOf(files, note);
  /** @type {Step[]} */
  const steps = [];
  let previous = '';
  let before = '';
  folders.forEach(({ folder, number, what, names }, index) => {
    if (number !== index + 1) note('step_missing', folder, { expected: index + 1 });
    const step = { number, what, folder, at: '', hash: '' };
    steps.push(step);
    const path = `${folder}/step.json`;
    const bytes = files.get(path);
    if (!bytes) return note('file_missing', path);
    step.hash = hashOf(path, bytes);
    try {
      step.at = readStep(bytes, { draw: drawName, number, previous, what }, path, { files, folder, names, hashOf }, note);
    } catch (error) {
      note(error instanceof Refused ? error.kind : 'step_malformed', path, error instanceof Refused ? error.detail : {});
    }
    if (step.at && step.at < before) note('clock_backwards', path, { at: step.at, before });
    previous = step.hash;
    before = step.at || before;
  });
  checkOrder(steps, note);
  if (!folders.length) note('step_missing', '01-notice', { expected: 1 });
  return { steps, problems };
}

/** @typedef {(kind: string, file: string, detail?: object) => void} Note */
/** @typedef {{files: Files, folder: string, names: string[], hashOf: HashOf}} Place */

/** The folders of steps by number, with the names in each. @param {Files} files @param {Note} note */
function foldersOf(files, note) {
  /** @type {Map<string, {folder: string, number: number, what: string, names: string[]}>} */
  const folders = new Map();
  for (const path of files.keys()) {
    if (path.startsWith('.')) continue;
    const [, folder, digits, what, name] = /^((\d{2,})-([a-z-]+))\/(.*)$/s.exec(path) ?? [];
    const number = Number(digits);
    if (!folder || !Object.hasOwn(NEEDED, what) || String(number).padStart(2, '0') !== digits) {
      note('file_extra', path);
      continue;
    }
    if (!folders.has(folder)) folders.set(folder, { folder, number, what, names: [] });
    folders.get(folder)?.names.push(name);
  }
  return [...folders.values()].sort((a, b) => a.number - b.number || bytewise(a.folder, b.folder));
}

/** Checks one `step.json` and the files it names; gives its time. @param {Uint8Array} bytes @param {{draw: string, number: number, previous: string, what: string}} expected @param {string} path @param {Place} place @param {Note} note */
function readStep(bytes, expected, path, place, note) {
  const record = loads(decode(bytes));
  exactly(record, ['at', 'draw', 'files', 'format', 'number', 'previous', 'what'], 'step_malformed');
  for (const [field, value] of Object.entries({ ...expected, format: 'sunlot/1 step' })) {
    if (record[field] !== value) note(field === 'previous' ? 'previous_differs' : 'step_differs', path, { field, expected: value });
  }
  if (!isTime(record.at)) note('step_malformed', path, { field: 'at' });
  checkFiles(record.files, path, place, expected.what, note);
  return typeof record.at === 'string' ? record.at : '';
}

/** @param {any} listed @param {string} path @param {Place} place @param {string} what @param {Note} note */
function checkFiles(listed, path, { files, folder, names, hashOf }, what, note) {
  if (!Array.isArray(listed)) throw new Refused('step_malformed', { field: 'files' });
  const known = new Set(['step.json']);
  let last = '';
  for (const entry of listed) {
    const { bytes, name, sha256 } = exactly(entry, ['bytes', 'name', 'sha256'], 'step_malformed');
    if (typeof name !== 'string' || !name || name === 'step.json' || name.includes('/')) throw new Refused('step_malformed', { field: 'files' });
    if (last && bytewise(last, name) >= 0) throw new Refused('step_malformed', { field: 'files' });
    known.add((last = name));
    const path = `${folder}/${name}`;
    const held = files.get(path);
    if (!held) note('file_missing', path);
    else if (held.length !== bytes || hashOf(path, held) !== sha256) note('file_differs', path);
  }
  for (const name of names) if (!known.has(name)) note('file_extra', `${folder}/${name}`);
  for (const name of NEEDED[what]) if (!known.has(name)) note('file_missing', `${folder}/${name}`, { listed: path });
}

/** Stages follow one another, substitutions and additions an outcome, and after a void come at most the seed and the outcome that its notice owes. @param {Step[]} steps @param {Note} note */
function checkOrder(steps, note) {
  let next = 0;
  let ended = false;
  for (const { what, folder } of steps) {
    const wrong = () => note('step_order', folder, { expected: ORDER[next] ?? 'substitution' });
    const late = ended && !(next % 3 > 0 && what === ORDER[next]);
    if (late || (['substitution', 'addition'].includes(what) && next < 3) || (what === 'void' && next < 1)) wrong();
    if (what === 'void') ended = true;
    if (!ORDER.includes(what)) continue;
    if (what !== ORDER[next] && !late) wrong();
    next = ORDER.indexOf(what) + 1;
  }
}
