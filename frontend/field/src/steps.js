// @ts-check
/** The steps of a visit before the signing: check-in, checklist, findings, facts. */
import { utc, uuid } from './book.js';
import { clock, freshId, h, live, shown } from './dom.js';
import { choice, flag, parallel, photos, some, text } from './fields.js';
import { qr } from './qr.js';
import { methodsOf, officers, timeNames } from './record.js';
import { _ } from './words.js';

/** @typedef {import('./fields.js').At} At */

/** Why the team goes; of a recheck, what is to be looked at again. For the team only: the firm is shown the check code. @param {any} brief */
const task = (brief) => (brief?.reason || brief?.source || brief?.problems?.length) && h('section', { class: 'brief' }, h('h2', null, _('检查任务')), brief.reason && h('p', null, h('b', null, _('检查理由')), ' ', brief.reason), brief.source && h('p', null, h('b', null, _('来源')), ' ', brief.source), brief.problems?.length > 0 && [h('h3', null, _('须复查的问题')), h('ul', null, brief.problems.map((/** @type {string} */ line) => h('li', null, line)))], h('p', { class: 'hint' }, _('只供检查组了解，不写入检查记录，也不要出示给企业。')));

/** @param {At} at */
export function checkIn(at) {
  const { book, uid } = at;
  const { frame, code, brief } = book.visits.get(uid);
  const mine = `checkin/${book.owner}`;
  const inTeam = officers(frame).some((one) => one.inspector === book.owner);
  const { offsite } = frame;
  const began = _(timeNames(frame)[0]);
  return [
    offsite && h('p', { class: 'notice' }, _('非现场检查：只核查材料和数据，不入企。')),
    task(brief),
    h('section', null, h('h2', null, offsite ? _('检查组确认参加') : _('检查组签到')), shown('ul', { class: 'team' }, () => frame.team.map((/** @type {any} */ one) => book.value(uid, `checkin/${one.inspector}`)), () => frame.team.map((/** @type {any} */ one) => member(at, one))),
      h('p', { class: 'hint' }, _`须有 ${book.office.least_officers} 名以上持证执法人员各自用自己的账号${offsite ? _('确认参加') : _('签到')}。换人只能由办公室办理替补。`)),
    (frame.departments || []).map((/** @type {any} */ one) => h('section', null, h('h2', null, _`联合部门：${one.name}`), h('p', null, _`检查事项 ${one.items.join('、')}`), h('ul', { class: 'team' }, one.team.map((/** @type {any} */ guest) => h('li', null, h('b', null, guest.name), _` 执法证 ${guest.certificate}`))), text(at, `joint/${one.code}/absent`, _('没有参加的原因（参加的不填）'), { rows: 2 }))),
    inTeam && h('section', null, h('h2', null, _('行为承诺')), h('ol', { class: 'pledge' }, book.pledge.map((/** @type {string} */ line) => h('li', null, line))),
      shown('div', { class: 'buttons' }, () => !book.value(uid, mine), () => (book.value(uid, mine) ? h('p', { class: 'good' }, offsite ? _('✓ 您已确认参加并承诺。') : _('✓ 您已签到并承诺。')) : h('button', { type: 'button', class: 'main', onclick: () => book.enterAll(uid, { [mine]: { pledge: true }, ...(book.value(uid, 'times/arrived') ? {} : { 'times/arrived': utc() }) }) }, offsite ? _('我参加本次核查，承诺遵守') : _('已出示证件，我承诺遵守，签到')))),
      !offsite && place(at, mine)),
    h('section', null, h('h2', null, began), time(at, 'times/arrived', began)),
    code && h('section', { class: 'code' }, h('h2', null, _('检查码')), h('img', { src: qr(code), alt: _`检查码二维码 ${code}`, width: 240, height: 240 }), h('p', null, _('请企业用手机扫码核验本次检查；本机没有网络也能出示。')), h('a', { href: code, class: 'button' }, _('在本机打开'))),
  ];
}

/** @param {At} at @param {any} one */
function member({ book, uid }, one) {
  const here = book.value(uid, `checkin/${one.inspector}`);
  const part = /** @type {Record<string, string>} */ ({ leader: _('组长'), member: _('组员'), expert: _('专家'), helper: _('辅助人员') })[one.part] || '';
  return h('li', null, h('b', null, one.name), ` ${part} ${one.certificate ? _`执法证 ${one.certificate}` : _('无执法证')} `, h('span', { class: here ? 'good' : 'todo' }, here ? _('✓ 已签到') : _('未签到')));
}

/** A point on the map, only if the officer wants to give it. @param {At} at @param {string} mine */
function place({ book, uid }, mine) {
  const said = h('p', { role: 'status', class: 'hint' });
  const found = ({ coords }) => {
    const point = { lat: Math.round(coords.latitude * 1e6), lon: Math.round(coords.longitude * 1e6), acc: Math.ceil(coords.accuracy) };
    book.enter(uid, mine, { pledge: true, place: point });
    said.textContent = '';
  };
  const lost = () => { said.textContent = _('没有取得位置；不附位置也可以签到。'); };
  const seek = () => {
    said.textContent = _('正在定位…');
    if (navigator.geolocation) navigator.geolocation.getCurrentPosition(found, lost, { enableHighAccuracy: true, timeout: 20000 });
    else lost();
  };
  const held = () => book.value(uid, mine);
  return h('div', null, shown('div', { class: 'buttons' }, () => held(), () => held() && (held().place
    ? [h('p', null, _`已附位置：北纬 ${(held().place.lat / 1e6).toFixed(5)}，东经 ${(held().place.lon / 1e6).toFixed(5)}，误差 ${held().place.acc} 米`), h('button', { type: 'button', onclick: () => book.enter(uid, mine, { pledge: true }) }, _('不附位置'))]
    : h('button', { type: 'button', onclick: seek }, _('附上当前位置（可不附）')))), said);
}

/** A time as the phone's clock has it, with what bounds the true one. @param {At} at @param {string} field @param {string} label */
function time(at, field, label) {
  const { book, uid } = at;
  const id = freshId();
  const local = (/** @type {string} */ value) => new Date(Date.parse(value) + 8 * 3600e3).toISOString().slice(0, 16);
  const input = h('input', { id, type: 'datetime-local', onchange: () => book.enter(uid, field, input.value ? utc(new Date(`${input.value}:00+08:00`)) : null) });
  const now = h('button', { type: 'button', onclick: () => book.enter(uid, field, utc()) }, _('记为现在'));
  live(() => {
    const value = book.value(uid, field);
    if (document.activeElement !== input) input.value = value ? local(value) : '';
  }, input);
  const bounds = shown('p', { class: 'hint' }, () => [book.fields(uid).get(field)?.winner.id, book.fields(uid).get(field)?.winner.stamp], () => {
    const change = book.fields(uid).get(field)?.winner;
    if (!change?.value) return _('时间取自手机时钟；真实时间由办公室时间界定。');
    const from = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/.exec(change.stamp || '')?.[0];
    return _`录入不早于 ${from ? clock(from) : _('（未联网，无下界）')}（办公室时间），不晚于上传时间。`;
  });
  return h('div', { class: 'field' }, h('label', { for: id }, label), h('div', { class: 'row' }, input, now), bounds, parallel(at, field, clock));
}

/** @param {At} at */
export function checklist(at) {
  const { book, uid } = at;
  const { items, frame } = book.visits.get(uid);
  const owner = (/** @type {string} */ number) => (frame.departments || []).filter((/** @type {any} */ one) => one.items.includes(number)).map((/** @type {any} */ one) => h('span', { class: 'tag' }, one.name));
  const points = items.flatMap((/** @type {any} */ item) => item.points.map((/** @type {any} */ point) => `${item.number}/${point.position}`));
  const count = () => points.filter((/** @type {string} */ point) => (book.value(uid, `answers/${point}`) || 'unseen') !== 'unseen').length;
  return [
    h('p', { class: 'hint' }, _('只检查公布清单上的事项。清单外发现的隐患，请到“问题”中单独记录。')),
    shown('p', { class: 'count', role: 'status' }, count, () => _`已查 ${count()} / ${points.length} 个要点`),
    items.map((/** @type {any} */ item) => h('section', { class: 'item' }, h('h2', null, `${item.number} ${item.name}`, item.mandatory && h('span', { class: 'tag' }, _('必查')), owner(item.number)), item.basis && h('details', null, h('summary', null, _('依据')), h('p', null, item.basis)), item.points.map((/** @type {any} */ point) => pointBox(at, item, point)))),
  ];
}

/** @param {At} at @param {any} item @param {any} point */
function pointBox(at, item, point) {
  const { book, uid } = at;
  const name = `${item.number}/${point.position}`;
  const own = () => book.many(uid, 'findings').filter((id) => book.value(uid, `findings/${id}/point`) === name);
  const picked = (/** @type {string} */ value) => value === 'fail' && !own().some((id) => !book.value(uid, `findings/${id}/withdrawn`)) && addFinding(at, name, item.basis);
  const note = () => book.value(uid, `notes/${name}`) !== null;
  const more = h('details', { open: note() }, h('summary', null, _('说明、照片')), text(at, `notes/${name}`, _('说明'), { rows: 2, hint: _('未查的写明原因；可用输入法的语音输入。') }), photos(at, `answers/${name}`));
  return h('article', { class: 'point', id: `p-${name}`, 'aria-label': _`要点 ${name}` }, h('p', null, `${point.position}. ${point.text}`), choice(at, `answers/${name}`, _`要点 ${name} 的结果`, book.labels.answers, { picked, small: true }), more, shown('div', { class: 'findings' }, own, () => own().map((id) => finding(at, 'findings', id, true))));
}

/** @param {At} at @param {string} point @param {string} article */
const addFinding = ({ book, uid }, point, article) => {
  const id = uuid();
  return book.enterAll(uid, { [`findings/${id}/point`]: point, ...(article ? { [`findings/${id}/article`]: article.slice(0, 4000) } : {}) });
};

/** One finding or hazard. Taking it away can be undone. @param {At} at @param {'findings' | 'hazards'} kind @param {string} id @param {boolean} [within] under its check point */
function finding(at, kind, id, within = false) {
  const { book, uid } = at;
  const path = `${kind}/${id}`;
  const listed = kind === 'findings';
  const withdrawn = () => book.value(uid, `${path}/withdrawn`) === true;
  const turn = (/** @type {boolean | null} */ value) => book.enter(uid, `${path}/withdrawn`, value);
  return shown('article', { class: 'finding', 'aria-label': listed ? _('问题') : _('清单外隐患') }, withdrawn, () => withdrawn()
    ? h('p', null, _`已撤下：${book.value(uid, `${path}/text`) || _('（未写）')} `, h('button', { type: 'button', onclick: () => turn(null) }, _('恢复')))
    : [
      listed && !within && h('p', { class: 'hint' }, _`要点 ${book.value(uid, `${path}/point`) || _('（未指明）')}`),
      text(at, `${path}/text`, listed ? _('问题描述') : _('隐患描述'), { hint: within ? '' : _('部位、设备、数量；可用输入法的语音输入。') }),
      choice(at, `${path}/severity`, _('隐患等级'), book.labels.severities),
      listed && text(at, `${path}/article`, _('依据条文'), { rows: 2 }),
      text(at, `${path}/measure`, _('现场处理要求'), { rows: 2 }),
      flag(at, `${path}/corrected`, _('已当场改正')),
      photos(at, path, listed ? _('拍下问题') : _('拍下隐患')),
      h('button', { type: 'button', class: 'plain', onclick: () => turn(true) }, listed ? _('撤下这个问题') : _('撤下这个隐患')),
    ]);
}

/** @param {At} at */
export function found(at) {
  const { book, uid } = at;
  const list = (/** @type {'findings' | 'hazards'} */ kind, /** @type {string} */ none) => shown('div', {}, () => book.many(uid, kind), () => {
    const ids = book.many(uid, kind);
    return ids.length ? ids.map((id) => finding(at, kind, id)) : h('p', { class: 'hint' }, none);
  });
  return [
    h('section', null, h('h2', null, _('清单内的问题')), list('findings', _('还没有。在“检查”中把要点记为不合格，就会出现在这里。'))),
    h('section', null, h('h2', null, _('清单外隐患')), h('p', { class: 'hint' }, _('不属于本次清单、但当场发现的事故隐患，单独记录，依法处理。')), list('hazards', _('还没有。')), h('button', { type: 'button', onclick: () => book.enter(uid, `hazards/${uuid()}/text`, '') }, _('＋ 另记一个清单外隐患'))),
  ];
}

/** @param {At} at */
export function facts(at) {
  const { book, uid } = at;
  const { labels } = book;
  const { frame } = book.visits.get(uid);
  const ended = _(timeNames(frame)[1]);
  return [
    h('section', null, h('h2', null, _('检查情况')), !frame.offsite && text(at, 'place', _('检查场所'), { rows: 2, hint: _('车间、仓库、岗位。') }), some(at, 'methods', _('核查方式'), methodsOf(frame, labels.methods)), text(at, 'summary', _('检查情况'), { rows: 5, hint: _('可用输入法的语音输入。') }), photos(at, '', _('拍现场照片'))),
    h('section', null, h('h2', null, _('结果和处理')), choice(at, 'outcome', _('检查结果'), labels.outcomes), h('p', { class: 'hint' }, _('企业不配合检查、没有开展有关经营活动的，未查的要点不必逐项说明，在“检查情况”中写明一次即可。')), text(at, 'handling', _('处理情况'), { rows: 3 }), some(at, 'dispositions', _('后续处置'), labels.dispositions)),
    h('section', null, h('h2', null, frame.offsite ? _('企业联系人') : _('企业现场人员')), representative(at)),
    h('section', null, h('h2', null, ended), time(at, 'times/left', ended)),
  ];
}

/** Name, capacity and telephone of who is there for the firm: one value, so that they belong together. @param {At} at */
function representative(at) {
  const { book, uid } = at;
  const field = 'firm/representative';
  let seen = book.heads(uid, field);
  const held = () => ({ name: '', capacity: '', phone: '', ...book.value(uid, field) });
  const now = () => ({ name: name.value.trim().slice(0, 40), capacity: inputs.find((input) => input.checked)?.value || '', phone: phone.value.trim().slice(0, 40) });
  const type = () => book.draft(uid, field, now(), seen);
  const enter = () => book.enter(uid, field, now()).then(() => { seen = book.heads(uid, field); });
  const [nameId, phoneId, group] = [freshId(), freshId(), freshId()];
  const name = h('input', { id: nameId, type: 'text', maxlength: 40, autocomplete: 'off', oninput: type, onchange: enter });
  const phone = h('input', { id: phoneId, type: 'tel', maxlength: 40, autocomplete: 'off', oninput: type, onchange: enter });
  const { capacities } = book.labels;
  const inputs = Object.keys(capacities).map((value) => h('input', { type: 'radio', name: group, value, onchange: enter }));
  const box = h('div', null, h('div', { class: 'field' }, h('label', { for: nameId }, _('姓名')), name), h('fieldset', { class: 'choice' }, h('legend', null, _('身份（不要求是法定代表人）')), h('div', { class: 'picks' }, inputs.map((input) => h('label', { class: 'pick' }, input, h('span', null, capacities[input.value]))))), h('div', { class: 'field' }, h('label', { for: phoneId }, _('电话')), phone), parallel(at, field, (value) => `${value.name} ${capacities[value.capacity] || ''}`));
  live(() => {
    if (box.contains(document.activeElement) && book.drafts.has(`${uid}/${field}`)) return;
    const value = held();
    if (document.activeElement !== name) name.value = value.name;
    if (document.activeElement !== phone) phone.value = value.phone;
    inputs.forEach((input) => { input.checked = input.value === value.capacity; });
  }, box);
  return box;
}
