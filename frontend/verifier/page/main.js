// @ts-check
/** The page: takes a folder, hands its files to the worker, shows what comes back. */
import { gather, gatherDropped } from './folder.js';
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
let name = '';
let queue = Promise.resolve();
/** @type {(message: any) => void} */
let post = () => {};

/** Starts the worker from this page's own script; where a browser forbids that, the work is done in the page. @returns {(message: any) => void} */
function start() {
  const source = /** @type {any} */ (document.currentScript)?.textContent ?? '';
  try {
    const made = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
    made.onmessage = (event) => take(event.data);
    return (message) => made.postMessage(message);
  } catch {
    const direct = worker(take);
    return (message) => setTimeout(() => direct(message), 30);
  }
}

/** @param {any} message */
function take(message) {
  if (message.job === 'progress') {
    at('progress').value = message.total ? message.done / message.total : 0;
  } else if (message.job === 'lines') {
    last = message;
    at('progress').hidden = true;
    at('again').disabled = false;
    show();
    at('verdict').focus();
  } else if (message.job === 'found') {
    lastFound = message;
    showFound();
  }
}

/** @param {Promise<Map<string, Uint8Array>>} reading */
function check(reading) {
  tell('reading');
  queue = queue.then(async () => {
    const files = await reading;
    const root = rootOf(files);
    if (root === null) return tell('no_files');
    name = root.split('/').filter(Boolean).at(-1) ?? '';
    post({ job: 'files', files: new Map([...files].filter(([path]) => path.startsWith(root)).map(([path, data]) => [path.slice(root.length), data])) });
    run();
  });
}

function run() {
  tell('working');
  at('progress').hidden = false;
  at('progress').value = 0;
  const checkpoint = at('checkpoint').value.trim();
  const outside = { checkCode: at('check-code').value.trim().toLowerCase(), policy: at('policy').value, checkpoints: checkpoint ? [checkpoint + '\n'] : [] };
  post({ job: 'check', name, outside });
}

/** Where the bag, or the draw's folder, begins in what was chosen. @param {Map<string, Uint8Array>} files @returns {string | null} */
function rootOf(files) {
  const paths = [...files.keys()];
  const bag = paths.filter((path) => /(^|\/)bagit\.txt$/.test(path)).sort((a, b) => a.length - b.length)[0];
  if (bag) return bag.slice(0, -'bagit.txt'.length);
  const notice = paths.find((path) => /(^|\/)01-notice\/step\.json$/.test(path));
  return notice ? notice.slice(0, -'01-notice/step.json'.length) : null;
}

/** @param {string} key */
function tell(key) {
  at('status').textContent = key ? say(key, language) : '';
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
  tell('');
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
    button.onclick = () => post({ job: 'find', who: firm.id });
    box.append(button);
  }
}

function speak() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = say('title', language) + ' · Sunlot';
  for (const element of document.querySelectorAll('[data-say]')) element.textContent = say(/** @type {any} */ (element).dataset.say, language);
  at('language').textContent = language === 'zh' ? 'English' : '中文';
  at('language').lang = language === 'zh' ? 'en' : 'zh-CN';
  if (last) show();
  if (lastFound) showFound();
}

function listen() {
  at('language').onclick = () => {
    language = language === 'zh' ? 'en' : 'zh';
    speak();
  };
  at('folder').onchange = (/** @type {any} */ event) => check(gather(event.target.files));
  at('again').onclick = run;
  at('print').onclick = () => print();
  at('find-form').onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    post({ job: 'find', who: at('who').value });
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
  post = start();
  listen();
  speak();
}
