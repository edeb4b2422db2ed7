// @ts-check
/** The heavy work, apart from the page: it answers messages `{job, …}` in their order with `{job, …}` and tells its progress between. */
import { checkBag, drawIn } from '../src/bag.js';
import { decode, loads } from '../src/canonical.js';
import { checkDraw, explainFirm } from '../src/draw.js';
import { findFirms } from '../src/find.js';

/** What is done in turn, with its share of the whole; a bar that only grows is drawn from them. */
const PARTS = { reading: 5, files: 10, parse: 30, root: 25, classify: 5, tickets: 20, edges: 3, pairs: 2 };
const EVERY = 100; // ms between two messages of progress

/** @type {Map<string, Uint8Array>} */
let files = new Map();
/** @type {{inner: Map<string, Uint8Array>, nonces: {firms: string, teams: string}}} */
let draw = { inner: new Map(), nonces: { firms: '', teams: '' } };

/** @param {(message: any) => void} send @returns {(message: any) => void} what takes the messages */
export function worker(send) {
  let progress = progressTo(send);
  /** @type {Record<string, (message: any) => void | Promise<void>>} */
  const jobs = {
    check: async (message) => {
      const started = Date.now();
      progress = progressTo(send);
      if (message.files) files = new Map();
      if (message.files) files = await read(message.files, progress);
      const bag = files.has('bagit.txt');
      const lines = bag ? checkBag(files, message.outside, progress) : checkDraw(files, message.name, draw.nonces, progress, message.outside.checkCode);
      remember(bag);
      send({ job: 'lines', lines, rehearsal: isRehearsal(), seconds: (Date.now() - started) / 1000 });
    },
    find: (message) => {
      progress = progressTo(send);
      try {
        const firms = findFirms(draw.inner, message.who, progress);
        const found = firms.length === 1 ? explainFirm(draw.inner, firms[0].id, draw.nonces, progress) : null;
        send({ job: 'found', firms, found });
      } catch (error) {
        send({ job: 'found', firms: [], found: null, error: String(error) });
      }
    },
  };
  let queue = Promise.resolve();
  return (message) => {
    queue = queue.then(() => jobs[message.job](message)).catch((error) => send({ job: 'failed', path: error.path ?? '', error: String(error) }));
  };
}

/** The bytes of the chosen files. @param {Map<string, Blob>} chosen @param {import('../src/canonical.js').Progress} progress */
async function read(chosen, progress) {
  const total = [...chosen.values()].reduce((sum, file) => sum + file.size, 0);
  /** @type {Map<string, Uint8Array>} */
  const held = new Map();
  let done = 0;
  for (const [path, file] of chosen) {
    try {
      held.set(path, new Uint8Array(await file.arrayBuffer()));
    } catch (error) {
      throw Object.assign(/** @type {Error} */ (error), { path });
    }
    progress((done += file.size), total, 'reading');
  }
  return held;
}

/** @param {(message: any) => void} send @returns {import('../src/canonical.js').Progress} */
function progressTo(send) {
  let [told, now, value] = [0, '', 0];
  return (done, total, what) => {
    const before = sharesBefore(what);
    value = Math.max(value, (before + (share(what) * done) / (total || 1)) / 100);
    if (what === now && Date.now() - told < EVERY) return;
    send({ job: 'progress', value, what });
    [told, now] = [Date.now(), what];
  };
}

/** @param {string} what */
const share = (what) => /** @type {Record<string, number>} */ (PARTS)[what] ?? 0;

/** @param {string} what */
function sharesBefore(what) {
  const names = Object.keys(PARTS);
  return names.slice(0, Math.max(0, names.indexOf(what))).reduce((sum, name) => sum + share(name), 0);
}

function isRehearsal() {
  try {
    return loads(decode(/** @type {any} */ (draw.inner.get('01-notice/notice.json')))).rehearsal === true;
  } catch {
    return false;
  }
}

/** @param {boolean} bag */
function remember(bag) {
  try {
    const { index, inner } = drawIn(files);
    draw = { inner, nonces: index.nonces };
  } catch {
    draw = { inner: bag ? new Map() : files, nonces: { firms: '', teams: '' } };
  }
}
