// @ts-check
/** The field form: which page is shown, the state line, and how it all begins. */
import { Book } from './book.js';
import { clock, h, leave, part, renew, shown } from './dom.js';
import { sign } from './sign.js';
import { checkIn, checklist, facts, found } from './steps.js';
import { LoggedOut, Offline, Refused, Sync, ask } from './sync.js';
import { _, english, turn } from './words.js';

const OWNER = 'sunlot-field-owner';
const SKEW = 5 * 60_000; // ms between the two clocks that are worth a word
const LOGIN = '/accounts/login/?next=/field/';
/** @type {Record<string, [string, (at: import('./fields.js').At) => any]>} */
const STEPS = { in: [_('签到'), checkIn], check: [_('检查'), checklist], found: [_('问题'), found], facts: [_('情况'), facts], sign: [_('签字'), sign] };

/** @type {Book} */ let book;
/** @type {Sync} */ let sync;

/** Where the address points: a visit and a step of it, or the list. */
function here() {
  const [, uid, step] = location.hash.split('/');
  return book.visits.has(uid) ? { uid, step: step in STEPS ? step : 'in' } : { uid: '', step: '' };
}

function show() {
  leave();
  const { uid, step } = here();
  const main = part('main');
  part('title').replaceChildren(...(uid ? [h('a', { href: '#/', class: 'back', 'aria-label': _('返回检查列表') }, '‹'), book.visits.get(uid).frame.firm.name] : [_('现场检查')]));
  document.title = uid ? `${STEPS[step][0]} · ${book.visits.get(uid).frame.firm.name}` : _('现场检查');
  part('steps').hidden = !uid;
  part('steps').replaceChildren(...(uid ? Object.entries(STEPS).map(([name, [title]]) => h('a', { href: `#/${uid}/${name}`, 'aria-current': name === step ? 'page' : null }, title)) : []));
  main.replaceChildren(...(uid ? visitPage(uid, step) : [list()]));
  state();
  scrollTo(0, 0);
}

/** @param {string} uid @param {string} step */
function visitPage(uid, step) {
  const at = { book, uid };
  const ended = () => !['arranged', 'notified', 'secret', 'underway', 'signing'].includes(book.visits.get(uid)?.state);
  const closed = () => step !== 'sign' && (ended() || ['closed', 'taken'].includes(book.record(uid)?.status) && !(book.visits.get(uid).state === 'underway' && book.visits.get(uid).record));
  const page = h('fieldset', { class: 'page' }, h('legend', { class: 'hidden' }, STEPS[step][0]), STEPS[step][1](at));
  const notices = shown('div', {}, () => [closed(), sync.said.get(uid), book.refused(uid).map((one) => one.id)], () => {
    page.disabled = closed();
    return [
      closed() && h('p', { class: 'notice' }, ended() ? _`检查${book.visits.get(uid).state_title}，内容只供查看。` : _('记录已签字，内容只供查看；要更正，由办公室办理。')),
      sync.said.get(uid) && h('p', { class: 'notice bad', role: 'alert' }, sync.said.get(uid)),
      ...book.refused(uid).map(refusedChange),
    ];
  });
  return [notices, page];
}

/** @param {import('./book.js').Kept} change */
function refusedChange(change) {
  const again = async () => {
    book.put({ ...change, refused: null });
    await book.keeping(book.store.write(['changes'], ({ changes }) => changes.put({ ...change, refused: null })));
    book.tell('entered', { uid: change.uid });
  };
  return h('p', { class: 'notice bad' }, _`没有收下“${typeof change.value === 'string' ? change.value : change.field}”：${change.refused?.sentence} 内容仍在手机上。 `, h('button', { type: 'button', onclick: again }, _('再交一次')));
}

function list() {
  const rows = () => [...book.visits.values()].sort((a, b) => (a.window[1] < b.window[1] ? -1 : a.window[1] > b.window[1] ? 1 : a.number - b.number));
  return shown('div', { class: 'list' }, () => rows().map((visit) => [visit.uid, visit.state, visit.listed, book.waiting(visit.uid), sync.said.get(visit.uid)]), () => [
    h('h2', null, _`${book.office.me.name}的检查`),
    rows().length ? h('ul', { class: 'visits' }, rows().map(card)) : h('p', null, _('现在没有可以进行的检查。批准、通知后会出现在这里。')),
    h('button', { type: 'button', class: 'plain', lang: english ? 'zh-CN' : 'en', onclick: turn }, english ? '中文' : 'English'),
  ]);
}

/** @param {any} visit */
function card(visit) {
  const { all } = book.waiting(visit.uid);
  const begun = book.of(visit.uid).size > 0;
  return h('li', null, h('a', { href: `#/${visit.uid}/in` }, h('b', null, visit.frame.firm.name), h('span', null, visit.frame.firm.address), visit.frame.offsite && h('span', { class: 'todo' }, _('非现场检查，不入企')), h('span', null, _`${visit.window[0].slice(5)} 至 ${visit.window[1].slice(5)} · ${visit.listed ? _(visit.state_title) : _('已不在名单上')} · ${visit.frame.team.map((/** @type {any} */ one) => one.name).join('、')}`),
    begun && h('span', { class: all ? 'todo' : 'good' }, all ? _`已存在手机，待上传 ${all} 项` : _('✓ 已上传'))));
}

/** The state line: what is on this phone, what the office has. */
function state() {
  const uids = here().uid ? [here().uid] : [...book.visits.keys()];
  const sum = { changes: 0, photos: 0, records: 0, all: 0 };
  for (const uid of uids) for (const [name, count] of Object.entries(book.waiting(uid))) sum[/** @type {keyof typeof sum} */ (name)] += count;
  const held = [sum.changes && _`录入 ${sum.changes}`, sum.photos && _`照片 ${sum.photos}`, sum.records && _`签字 ${sum.records}`].filter(Boolean).join('、');
  const net = { busy: _(' · 正在上传'), offline: navigator.onLine ? _(' · 连不上办公室，稍后再试') : _(' · 没有网络'), out: _(' · 须重新登录'), refused: _(' · 办公室没有收下'), idle: '' }[sync.state];
  let line = sum.all ? _`已存在手机 · 待上传：${held}${net}` : sync.at ? _`已上传 · ${clock(sync.at)}` : _`已存在手机${net}`;
  if (!sum.all && sync.at && sync.state !== 'idle' && sync.state !== 'busy') line += net;
  if (book.writing) line = _('正在存进手机…');
  if (book.trouble) line = book.trouble;
  const element = part('state');
  if (element.textContent !== line) element.textContent = line;
  element.className = book.trouble ? 'bad' : sum.all ? 'todo' : 'good';
  part('send').hidden = sync.state === 'busy';
  part('send').textContent = sync.state === 'out' ? _('登录') : _('立即上传');
  notices();
}

function notices() {
  const said = [
    !isSecureContext && _('本页地址不是 HTTPS，手机不能保存程序本身：没有网络时请勿关闭或刷新本页。录入仍随时存在手机，联网后上传。请向系统管理员索取 HTTPS 地址。'),
    sync.state === 'out' && _('登录已过期。录入都在手机上，重新登录后继续上传。'),
    Math.abs(book.office?.ahead || 0) > SKEW && _`手机时钟比办公室${book.office.ahead > 0 ? _('慢') : _('快')} ${Math.round(Math.abs(book.office.ahead) / 60_000)} 分钟；请在手机设置中打开自动设定时间，并核对到达、离开时间。`,
    sync.said.get(''),
  ].filter(Boolean);
  const box = part('notices');
  if (box.dataset.said === said.join('|')) return;
  box.dataset.said = said.join('|');
  box.replaceChildren(...said.map((text) => h('p', { class: 'notice' }, text)));
}

/** Only one window writes: two with one clock would confuse the order of what is entered. @returns {Promise<void>} */
function alone() {
  if (!navigator.locks) return Promise.resolve();
  return new Promise((resolve) => {
    const hold = (/** @type {Lock | null} */ lock) => {
      if (!lock) return void elsewhere(() => navigator.locks.request('sunlot-field', { steal: true }, hold).catch(lost));
      resolve();
      return new Promise(() => {});
    };
    navigator.locks.request('sunlot-field', { ifAvailable: true }, hold).catch(lost);
  });
}

function lost() {
  leave();
  if (sync) sync.stop();
  part('main').replaceChildren(h('p', { class: 'notice' }, _('表单已在另一个窗口打开，这里不再录入。')));
}

/** @param {() => void} take */
function elsewhere(take) {
  part('state').textContent = '';
  part('main').replaceChildren(h('p', { class: 'notice' }, _('表单已在另一个窗口打开。')), h('button', { type: 'button', class: 'main', onclick: take }, _('在这里继续')));
}

async function begin() {
  document.documentElement.lang = english ? 'en' : 'zh-CN';
  if ('serviceWorker' in navigator) navigator.serviceWorker.register('/field/worker.js', { scope: '/field/' }).catch(console.warn);
  await alone();
  const owner = localStorage.getItem(OWNER);
  const told = owner ? null : await ask('today/');
  book = await Book.open(owner || told.me.inspector);
  sync = new Sync(book);
  localStorage.setItem(OWNER, book.owner);
  if (told) await sync.today(told);
  if (!book.office) await sync.today(); // a first load that broke off
  for (const kind of ['entered', 'news']) book.addEventListener(kind, () => { renew(); state(); });
  book.addEventListener('state', state);
  book.addEventListener('forgotten', () => here().uid || show());
  addEventListener('hashchange', () => { show(); part('main').focus({ preventScroll: true }); });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && book.settle());
  part('send').addEventListener('click', () => (sync.state === 'out' ? location.assign(LOGIN) : sync.run()));
  show();
  performance.mark('usable');
  navigator.storage?.persist?.();
  sync.run();
}

begin().catch((error) => {
  if (error instanceof LoggedOut) return location.assign(LOGIN);
  const sentence = error instanceof Offline ? _('没有网络。第一次使用须联网打开一次。') : error instanceof Refused ? error.message : _`没有打开：${error.message || error}`;
  part('state').textContent = '';
  part('main').replaceChildren(h('p', { class: 'notice bad', role: 'alert' }, sentence), h('button', { type: 'button', class: 'main', onclick: () => location.reload() }, _('重试')));
  return undefined;
});
