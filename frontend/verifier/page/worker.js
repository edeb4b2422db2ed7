// @ts-check
/** The heavy work, apart from the page: it answers messages `{job, …}` with `{job, …}` and tells its progress between. */
import { checkBag, drawIn } from '../src/bag.js';
import { decode, loads } from '../src/canonical.js';
import { checkDraw, explainFirm } from '../src/draw.js';
import { findFirms } from '../src/find.js';

/** @type {Map<string, Uint8Array>} */
let files = new Map();
/** @type {{inner: Map<string, Uint8Array>, nonces: {firms: string, teams: string}}} */
let draw = { inner: new Map(), nonces: { firms: '', teams: '' } };

/** @param {(message: any) => void} send @returns {(message: any) => void} what takes the messages */
export function worker(send) {
  let told = 0;
  const progress = (/** @type {number} */ done, /** @type {number} */ total, /** @type {string} */ what) => {
    const now = Date.now();
    if (now - told > 100) send({ job: 'progress', done, total, what });
    if (now - told > 100) told = now;
  };
  /** @type {Record<string, (message: any) => void>} */
  const jobs = {
    files: (message) => {
      files = message.files;
    },
    check: (message) => {
      const started = Date.now();
      const bag = files.has('bagit.txt');
      const lines = bag ? checkBag(files, message.outside, progress) : checkDraw(files, message.name, draw.nonces, progress, message.outside.checkCode);
      remember(bag);
      send({ job: 'lines', lines, rehearsal: isRehearsal(), seconds: (Date.now() - started) / 1000 });
    },
    find: (message) => {
      try {
        const firms = findFirms(draw.inner, message.who);
        const found = firms.length === 1 ? explainFirm(draw.inner, firms[0].id, draw.nonces) : null;
        send({ job: 'found', firms, found });
      } catch (error) {
        send({ job: 'found', firms: [], found: null, error: String(error) });
      }
    },
  };
  return (message) => jobs[message.job](message);
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
