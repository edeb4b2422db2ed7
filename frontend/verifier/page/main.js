// @ts-check
/** The page: takes a folder, hands its files to the worker, shows what comes back. */
import { gather, gatherDropped } from './folder.js';
import { fetchBag, outOfReach, published } from './published.js';
import { kindOf, say, sentence, story } from './words.js';
import { worker } from './worker.js';

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);
/** @type {import('./words.js').Language} */
let language = 'zh';
/** @type {any} */
let last = null;
/** @type {any} */
let lastFound = null;
const source = /** @type {any} */ (globalThis.document?.currentScript)?.textContent ?? '';
let name = '';
let checks = 0;
/** What the status line says. @type {[string, string]} */
let said = ['', ''];
/** @type {{post: (message: any) => void, end: (() => void) | null}} */
let side = { post: () => {}, end: null };

/** Starts the worker from this page's own script; where a browser forbids that, the work is done in the page. @param {string} source */
function start(source) {
  try {
    const made = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
    made.onmessage = (event) => take(event.data);
    return { post: (/** @type {any} */ message) => made.postMessage(message), end: () => made.terminate() };
  } catch {
    const direct = worker(take);
    return { post: (/** @type {any} */ message) => void setTimeout(() => direct(message), 30), end: null };
  }
}

/** @param {any} message */
function take(message) {
  if (message.job === 'progress') {
    at('progress').value = message.value;
    if (said[1] !== message.what) tell('working', message.what);
    return;
  }
  busy(false);
  if (message.job === 'lines') {
    last = message;
    at('again').disabled = false;
    show();
    tell('done');
    at('verdict').focus();
  } else if (message.job === 'found') {
    lastFound = message;
    showFound();
    tell('');
  } else if (message.job === 'failed') {
    tell('unreadable', message.path || message.error);
  }
}

/** @param {boolean} working */
function busy(working) {
  at('progress').hidden = !working;
  at('progress').value = 0;
  at('stop').hidden = !working || !side.end;
}

/** What was chosen before is forgotten, and work on it ended. @param {Promise<Map<string, Blob>>} listing @param {string} [otherwise] what is said when nothing came */
async function check(listing, otherwise = 'no_files') {
  const mine = ++checks;
  stop();
  tell('reading');
  forget();
  const files = await listing.catch(() => new Map());
  if (mine !== checks) return;
  const root = rootOf(files);
  if (root === null) return tell(otherwise);
  name = root.split('/').filter(Boolean).at(-1) ?? '';
  run(new Map([...files].filter(([path]) => path.startsWith(root)).map(([path, file]) => [path.slice(root.length), file])));
}

function forget() {
  [last, lastFound] = [null, null];
  at('result').hidden = at('find').hidden = at('again').disabled = true;
  at('found').replaceChildren();
}

function stop() {
  if (at('stop').hidden) return;
  side.end?.();
  side = start(source);
  busy(false);
  forget();
  tell('stopped');
  at('folder').focus();
}

/** @param {Map<string, Blob>} [files] none when those of before are checked again */
function run(files) {
  busy(true);
  tell('working');
  const checkpoint = at('checkpoint').value.trim();
  const outside = { checkCode: at('check-code').value.trim().toLowerCase(), policy: at('policy').value, checkpoints: checkpoint ? [checkpoint + '\n'] : [] };
  side.post({ job: 'check', files, name, outside });
}

/** @param {string} who */
function find(who) {
  busy(true);
  tell('working');
  side.post({ job: 'find', who });
}

/** Where the bag, or the draw's folder, begins in what was chosen. @param {Map<string, Blob>} files @returns {string | null} */
function rootOf(files) {
  const paths = [...files.keys()];
  const bag = paths.filter((path) => /(^|\/)bagit\.txt$/.test(path)).sort((a, b) => a.length - b.length)[0];
  if (bag) return bag.slice(0, -'bagit.txt'.length);
  const notice = paths.find((path) => /(^|\/)01-notice\/step\.json$/.test(path));
  return notice ? notice.slice(0, -'01-notice/step.json'.length) : null;
}

/** Says how far the work is, in the live region. @param {string} key @param {string} [more] the part of the work, or the file that it stopped at */
function tell(key, more = '') {
  said = [key, more];
  const part = key === 'working' && more ? say(`part_${more}`, language) : more;
  at('status').textContent = key ? say(key, language) + part : '';
}

function show() {
  const { lines, seconds } = last;
  const kinds = new Set(lines.map((/** @type {any} */ line) => line.kind));
  const verdict = kinds.has('differs') ? 'differs' : kinds.has('withheld') ? 'withheld' : 'equal';
  at('result').hidden = false;
  at('find').hidden = false;
  at('verdict').className = verdict;
  at('verdict').textContent = say(`verdict_${verdict}`, language);
  const counts = ['equal', 'differs', 'withheld', 'outside'].map((kind) => `${kindOf(kind, language)} ${lines.filter((/** @type {any} */ line) => line.kind === kind).length}`);
  at('rehearsal').hidden = !last.rehearsal;
  at('counts').textContent = `${counts.join('　')}　（${seconds.toFixed(1)} s）`;
  at('lines').replaceChildren(...lines.map(row));
}

/** @param {any} line */
function row(line) {
  const item = document.createElement('li');
  item.className = line.kind;
  const kind = document.createElement('span');
  kind.className = 'kind';
  kind.textContent = kindOf(line.kind, language);
  const text = document.createElement('span');
  text.textContent = sentence(line, language);
  if (line.file) {
    const file = document.createElement('span');
    file.className = 'file code';
    file.textContent = line.file;
    text.append(file);
  }
  item.append(kind, text);
  return item;
}

function showFound() {
  const box = at('found');
  box.replaceChildren();
  const { firms, found } = lastFound;
  if (found) {
    const list = document.createElement('dl');
    for (const [term, description] of story(found, language)) {
      const [dt, dd] = [document.createElement('dt'), document.createElement('dd')];
      dt.textContent = term;
      dd.textContent = description;
      list.append(dt, dd);
    }
    box.append(list);
    return;
  }
  box.textContent = say(firms.length ? 'many_found' : 'none_found', language);
  for (const firm of firms) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `${firm.name} ${firm.id} ${firm.territory}`;
    button.onclick = () => find(firm.id);
    box.append(button);
  }
}

function speak() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = say('title', language) + ' · Sunlot';
  for (const element of document.querySelectorAll('[data-say]')) element.textContent = say(/** @type {any} */ (element).dataset.say, language);
  at('language').textContent = language === 'zh' ? 'English' : '中文';
  at('language').lang = language === 'zh' ? 'en' : 'zh-CN';
  tell(...said);
  if (last) show();
  if (lastFound) showFound();
}

function listen() {
  at('language').onclick = () => {
    language = language === 'zh' ? 'en' : 'zh';
    speak();
  };
  at('folder').onchange = (/** @type {any} */ event) => check(gather(event.target.files));
  at('again').onclick = () => run();
  at('stop').onclick = stop;
  at('print').onclick = () => print();
  at('find-form').onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    find(at('who').value);
  };
  const drop = at('drop');
  document.ondragover = (event) => event.preventDefault();
  drop.ondragenter = () => drop.classList.add('over');
  drop.ondragleave = () => drop.classList.remove('over');
  document.ondrop = (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    if (event.dataTransfer?.items.length) check(gatherDropped(event.dataTransfer.items));
  };
}

export function main() {
  side = start(source);
  listen();
  speak();
  const bag = published();
  if (bag) check(fetchBag(bag), 'not_fetched');
  else if (outOfReach()) tell('from_disk', outOfReach());
}
