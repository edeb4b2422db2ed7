// @ts-check
/** The whole check of an evidence bag (docs/bag-format.md), one line for each thing checked. */
import { same } from './bytes.js';
import { bytewise, decode, dumps, exactly, loads, Refused } from './canonical.js';
import { bytesIn, checkDraw, reasonOf } from './draw.js';
import { checkConsistency, SUITES } from './merkle.js';
import { base64, checkNote, openCheckpoint, parseNote } from './notes.js';
import { checkProof, met, parsePolicy, parseProof } from './policy.js';
import { hex, toHex } from './sha256.js';
import { sm3 } from './sm3.js';
import { gradeOf, isPublic } from './sources.js';

/** @typedef {import('./draw.js').Line} Line */
/** @typedef {Map<string, Uint8Array>} Files */
/** @typedef {{policy?: string, checkpoints?: string[], checkCode?: string}} Outside what the reader has from elsewhere */

const UNSIGNED = ['signature.note', 'tagmanifest-sha256.txt'];

/** @param {Files} files by path in the bag @param {Outside} [outside] @param {import('./canonical.js').Progress} [progress] @returns {Line[]} */
export function checkBag(files, outside = {}, progress = () => {}) {
  const check = new BagCheck(files, outside, progress);
  try {
    check.all();
  } catch (error) {
    check.say('differs', 'bag', reasonOf(error));
  }
  return check.lines;
}

/** The draw's own files of a bag, by path in its folder. @param {Files} files */
export function drawIn(files) {
  const index = loads(decode(bytesIn(files, 'data/index.json')));
  const prefix = `data/${index.draw}/`;
  const inner = new Map([...files].filter(([path]) => path.startsWith(prefix)).map(([path, data]) => [path.slice(prefix.length), data]));
  return { index, inner };
}

/** @param {number} seconds Unix time */
const timeText = (seconds) => new Date(seconds * 1000).toISOString().replace('.000', '');

class BagCheck {
  /** @param {Files} files @param {Outside} outside @param {import('./canonical.js').Progress} progress */
  constructor(files, outside, progress) {
    this.files = files;
    this.outside = outside;
    this.progress = progress;
    /** @type {Line[]} */
    this.lines = [];
    /** @type {Map<string, import('./policy.js').Anchor>} */
    this.anchors = new Map();
    /** @type {any} */
    this.index = null;
    /** @type {any} */
    this.policy = null;
  }

  /** @param {Line['kind']} kind @param {string} what @param {Record<string, any>} [detail] @param {string} [file] */
  say(kind, what, detail = {}, file) {
    this.lines.push(file ? { kind, what, file, detail } : { kind, what, detail });
  }

  /** @param {string} what @param {() => Record<string, any>} work @param {string} [file] */
  attempt(what, work, file) {
    try {
      this.say('equal', what, work(), file);
    } catch (error) {
      const { file: named, ...detail } = reasonOf(error);
      this.say('differs', what, detail, named ?? file);
    }
  }

  /** @param {string} path */
  text(path) {
    return decode(bytesIn(this.files, path));
  }

  all() {
    this.manifests();
    if (this.lines.some((line) => line.kind === 'differs')) return;
    const { index, inner } = drawIn(this.files);
    this.index = index;
    this.digest = SUITES[index.suite];
    if (!this.digest) throw new Refused('suite_unknown', { suite: index.suite });
    exactly(index.nonces, ['firms', 'teams'], 'index_differs');
    this.policy = parsePolicy(this.outside.policy || this.text('data/log/policy.txt'));
    this.notices = this.noticesOf(inner);
    this.attempt('index', () => this.checkIndex(), 'data/index.json');
    this.attempt('signature', () => this.signature(), 'signature.note');
    this.attempt('code', () => this.code(), 'data/code');
    for (const line of checkDraw(inner, index.draw, index.nonces, this.progress, this.outside.checkCode)) {
      this.say(line.kind, line.what, line.detail, line.file && `data/${index.draw}/${line.file}`);
    }
    this.log(inner);
    this.compare();
  }

  /** RFC 8493: every file is named and every name is a file. */
  manifests() {
    /** @type {Map<string, string>} */
    const listed = new Map();
    for (const name of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
      for (const line of this.text(name).trimEnd().split('\n')) {
        const match = /^([0-9a-f]{64})  ([\x21-\x7e]+)$/.exec(line);
        if (!match || listed.has(match[2]) || match[2].startsWith('data/') !== (name === 'manifest-sha256.txt')) throw new Refused('manifest_malformed', { file: name });
        listed.set(match[2], match[1]);
      }
    }
    const found = new Map([...this.files].map(([path, data]) => [path, hex(data)]));
    const extra = [...found.keys()].filter((path) => !listed.has(path) && !UNSIGNED.includes(path)).sort(bytewise);
    for (const path of [...listed.keys()].filter((name) => !found.has(name)).sort(bytewise)) {
      const twin = extra.find((name) => found.get(name) === listed.get(path));
      this.say('differs', 'file', twin ? { reason: 'renamed', twin } : { reason: 'file_missing' }, path);
    }
    for (const path of extra) this.say('differs', 'file', { reason: 'file_extra' }, path);
    for (const [path, sum] of listed) if (found.has(path) && found.get(path) !== sum) this.say('differs', 'file', { reason: 'file_differs' }, path);
    for (const path of UNSIGNED) if (!found.has(path)) this.say('differs', 'file', { reason: 'file_missing' }, path);
    if (!this.files.has('bagit.txt')) this.say('differs', 'file', { reason: 'file_missing' }, 'bagit.txt');
    if (!this.lines.length) this.say('equal', 'files', { count: listed.size });
  }

  /** @param {Files} inner */
  noticesOf(inner) {
    const all = [...inner].filter(([path]) => /^\d\d-(teams-)?notice\/notice\.json$/.test(path)).sort(([a], [b]) => bytewise(a, b));
    return all.map(([path, data]) => ({ folder: path.split('/')[0], notice: loads(decode(data)) }));
  }

  checkIndex() {
    const payload = [...this.files.keys()].filter((path) => path.startsWith('data/') && path !== 'data/index.json').sort(bytewise);
    const named = this.index.files.map((/** @type {any} */ entry) => entry.path);
    if (this.index.format !== 'sunlot-bag/1' || dumps(named) !== dumps(payload)) throw new Refused('index_differs');
    const notice = this.notices?.[0]?.notice ?? {};
    for (const key of ['draw', 'title', 'organ', 'rehearsal']) if (this.index[key] !== notice[key]) throw new Refused('index_differs', { field: key });
    if (hex(bytesIn(this.files, '00-OPEN-ME.html')) !== this.index.verifier) throw new Refused('verifier_differs');
    return { title: this.index.title, organ: this.index.organ, rehearsal: this.index.rehearsal };
  }

  signature() {
    const note = parseNote(this.text('signature.note'));
    const signers = checkNote(note, this.policy.logs);
    const manifest = bytesIn(this.files, 'tagmanifest-sha256.txt');
    if (note.text !== `sunlot-bag/1\n${this.index.draw}\n${hex(manifest)}\n${toHex(sm3(manifest))}\n`) throw new Refused('signature_of_another');
    return { signers: signers.map((key) => key.name).join('、') };
  }

  code() {
    const prefix = 'data/code/sunlot/';
    const files = [...this.files].filter(([path]) => path.startsWith(prefix)).map(([path, data]) => [path.slice(prefix.length), hex(data)]);
    const text = files.sort(([a], [b]) => bytewise(/** @type {string} */ (a), /** @type {string} */ (b))).map(([name, sum]) => `${sum}  ${name}\n`).join('');
    if (!this.notices?.length || this.notices.some(({ notice }) => notice.software !== hex(text))) throw new Refused('code_differs');
    return { count: files.length };
  }

  /** @param {Files} inner */
  log(inner) {
    const folders = [...new Set([...inner.keys()].map((path) => path.split('/')[0]))].sort(bytewise);
    for (const folder of folders) this.attempt('log_entry', () => this.entry(folder, bytesIn(inner, `${folder}/step.json`)), `data/log/${folder}.json`);
    if (this.anchors.size < folders.length) return;
    this.attempt('log_growth', () => this.growth(), 'data/log/consistency.txt');
    this.anchoring(inner);
  }

  /** @param {string} folder @param {Uint8Array} stepFile */
  entry(folder, stepFile) {
    const bytes = bytesIn(this.files, `data/log/${folder}.json`);
    const said = loads(decode(bytes));
    const step = loads(decode(stepFile));
    const expected = { check_code: hex(stepFile), done_at: step.at, draw: this.index.draw, step: step.number };
    if (said.act !== `draw.${step.what}` || said.obj !== `draw/${this.index.draw}` || dumps(said.pub) !== dumps(expected)) throw new Refused('entry_of_another');
    const proof = parseProof(this.text(`data/log/${folder}.tlog-proof`));
    const anchor = checkProof(proof, bytes, this.policy, /** @type {any} */ (this.digest));
    this.anchors.set(folder, anchor);
    return { index: proof.index, size: anchor.checkpoint.size };
  }

  growth() {
    const proved = [...this.anchors.values()].map(({ checkpoint }) => checkpoint);
    const latest = openCheckpoint(parseNote(this.text('data/log/checkpoint.txt')), this.policy.logs);
    if (latest.size < Math.max(...proved.map(({ size }) => size))) throw new Refused('rolled_back', { size: latest.size, file: 'data/log/checkpoint.txt' });
    /** @type {Map<number, import('./notes.js').Checkpoint>} */
    const known = new Map();
    for (const checkpoint of [...proved, latest]) {
      const twin = known.get(checkpoint.size) ?? checkpoint;
      if (!same(twin.root, checkpoint.root)) throw new Refused('forked', { size: checkpoint.size });
      known.set(checkpoint.size, checkpoint);
    }
    const sizes = [...known.keys()].sort((a, b) => a - b);
    const proofs = new Map(this.text('data/log/consistency.txt').split('\n\n').filter(Boolean).map((block) => {
      const [head, ...steps] = block.trim().split('\n');
      return [head, steps.map(base64)];
    }));
    for (let i = 1; i < sizes.length; i++) {
      const path = proofs.get(`${sizes[i - 1]} ${sizes[i]}`);
      if (!path) throw new Refused('consistency_missing', { from: sizes[i - 1], to: sizes[i] });
      const roots = [known.get(sizes[i - 1]), known.get(sizes[i])].map((checkpoint) => /** @type {any} */ (checkpoint).root);
      checkConsistency(/** @type {any} */ (this.digest), sizes[i - 1], sizes[i], path, roots[0], roots[1]);
    }
    return { count: sizes.length, size: latest.size };
  }

  /** @param {Files} inner */
  anchoring(inner) {
    const names = new Set([...this.anchors.values()].flatMap(({ times }) => [...times.keys()]));
    if (this.policy.quorum === 'none') this.say('outside', 'unanchored');
    else this.say('equal', 'anchored', { witnesses: [...names].sort(bytewise).join('、') });
    for (const { folder, notice } of this.notices ?? []) {
      const seeded = [...inner.keys()].some((path) => path.endsWith(notice.stage === 'firms' ? '-seed/seed.json' : '-teams-seed/seed.json'));
      const anchor = this.anchors.get(folder);
      if (seeded && anchor) this.bracket(notice, anchor);
    }
    this.voidBracket(inner);
  }

  /** A void without a seed was cosigned before the first source of its notice was known: nobody can have voided a result that he knew. @param {Files} inner */
  voidBracket(inner) {
    const folder = [...inner.keys()].find((path) => path.endsWith('-void/void.json'))?.split('/')[0];
    const anchor = folder && this.anchors.get(folder);
    if (!anchor || loads(decode(bytesIn(inner, `${folder}/void.json`))).missing?.length) return;
    const before = this.notices?.filter((one) => one.folder < folder).at(-1)?.notice;
    const seed = before?.stage === 'teams' ? /^\d\d-teams-seed\// : /^\d\d-seed\//;
    if (!before || [...inner.keys()].some((path) => seed.test(path))) return;
    const first = before.sources.map((/** @type {any} */ source) => source.known_at).sort(bytewise)[0];
    const times = [...anchor.times].map(([name, time]) => ({ name, at: timeText(time) }));
    const early = new Set(times.filter(({ at }) => at < first).map(({ name }) => name));
    const detail = { first, cosigned: times.map(({ at }) => at).sort(bytewise).at(-1) ?? '' };
    if (early.size && met(this.policy, early)) this.say('equal', 'void_bracket', detail);
    else if (times.length) this.say('differs', 'void_bracket', { ...detail, reason: 'void_late' });
    else this.say('outside', 'no_void_bracket', detail);
  }

  /** The notice was cosigned before the first public source was known. @param {any} notice @param {import('./policy.js').Anchor} anchor */
  bracket(notice, anchor) {
    const open = notice.sources.filter(isPublic).map((/** @type {any} */ source) => source.known_at).sort(bytewise);
    const times = [...anchor.times].map(([name, time]) => ({ name, at: timeText(time) }));
    const early = times.filter(({ at }) => open.length && at < open[0]);
    const enough = early.length > 0 && met(this.policy, new Set(early.map(({ name }) => name)));
    const grade = open.length > 1 && enough ? '甲' : gradeOf(notice.sources);
    const detail = { stage: notice.stage, first: open[0] ?? '', cosigned: times.map(({ at }) => at).sort(bytewise).at(-1) ?? '', grade };
    this.say(enough ? 'equal' : 'outside', enough ? 'bracket' : 'no_bracket', detail);
  }

  compare() {
    const keys = [...this.policy.logs, ...this.policy.witnesses.values()].map((key) => key.text);
    if (this.outside.policy) this.say('equal', 'keys_given', { count: keys.length });
    else this.say('outside', 'keys', { keys });
    this.say('outside', 'verifier', { hash: hex(bytesIn(this.files, '00-OPEN-ME.html')) });
    const mine = new Map([...this.anchors.values()].map(({ checkpoint }) => [checkpoint.size, checkpoint]));
    this.attempt('latest', () => {
      const latest = openCheckpoint(parseNote(this.text('data/log/checkpoint.txt')), this.policy.logs);
      mine.set(latest.size, latest);
      if (!this.outside.checkpoints?.length) this.say('outside', 'checkpoint', { size: latest.size, root: toHex(latest.root) });
      return { size: latest.size };
    }, 'data/log/checkpoint.txt');
    for (const text of this.outside.checkpoints ?? []) this.attempt('checkpoint_given', () => this.sameCheckpoint(text, mine));
  }

  /** @param {string} text @param {Map<number, import('./notes.js').Checkpoint>} mine */
  sameCheckpoint(text, mine) {
    const given = openCheckpoint(parseNote(text), this.policy.logs);
    const own = mine.get(given.size);
    if (!own) throw new Refused('other_size', { size: given.size, sizes: [...mine.keys()].join('、') });
    if (!same(own.root, given.root)) throw new Refused('split_view', { size: given.size });
    return { size: given.size };
  }
}
