// @ts-check
/** What is entered with: texts, choices, lists, photos. Each keeps what is entered at once, shows what others entered meanwhile, and knows no “save” button. */
import { freshId, h, live, shown } from './dom.js';
import { PDF, paper, take } from './photo.js';
import { _ } from './words.js';

/** @typedef {{book: import('./book.js').Book, uid: string}} At which visit of which book */

const PAUSE = 1500; // ms without a key before what was typed counts as entered

/** Two who typed without seeing each other: both are shown, and choosing is an entry of its own. @param {At} at @param {string} field @param {(value: any) => string} [title] */
export function parallel({ book, uid }, field, title = String) {
  return shown('div', { class: 'parallel', role: 'status' }, () => [book.fields(uid).get(field)?.parallel.map((one) => one.id), book.value(uid, field)], () =>
    (book.fields(uid).get(field)?.parallel || []).map((one) => h('p', null, _`${one.author || _('另一台手机')}同时填了“${one.value === null ? _('（空）') : title(one.value)}”。 `, h('button', { type: 'button', onclick: () => book.enter(uid, field, one.value) }, _('改用这个')), ' ', h('button', { type: 'button', onclick: () => book.enter(uid, field, book.value(uid, field)) }, _('保留现在的')))));
}

/** @param {At} at @param {string} field @param {string} label @param {{rows?: number, hint?: string, type?: string}} [more] */
export function text(at, field, label, { rows = 3, hint = '', type = '' } = {}) {
  const { book, uid } = at;
  const id = freshId();
  let seen = book.heads(uid, field);
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let pause;
  const enter = () => {
    clearTimeout(pause);
    if (book.drafts.has(`${uid}/${field}`)) book.enter(uid, field, area.value || null).then(() => { seen = book.heads(uid, field); });
  };
  const type_ = () => {
    book.draft(uid, field, area.value || null, seen);
    clearTimeout(pause);
    pause = setTimeout(enter, PAUSE);
  };
  const area = type ? h('input', { id, type, oninput: type_, onchange: enter, onblur: enter }) : h('textarea', { id, rows, lang: 'zh-CN', maxlength: 4000, autocomplete: 'off', oninput: type_, onchange: enter, onblur: enter, 'aria-describedby': hint ? `${id}h` : null });
  live(() => {
    if (book.drafts.has(`${uid}/${field}`) && document.activeElement === area) return;
    const value = book.value(uid, field) ?? '';
    if (document.activeElement === area && area.value !== value) return; // never take the words out of somebody's mouth
    area.value = value;
    seen = book.heads(uid, field);
  }, area);
  return h('div', { class: 'field' }, h('label', { for: id }, label), hint && h('p', { class: 'hint', id: `${id}h` }, hint), area, parallel(at, field));
}

/** One of several. @param {At} at @param {string} field @param {string} label @param {Record<string, string>} options @param {{picked?: (value: string) => void, small?: boolean}} [more] */
export function choice(at, field, label, options, { picked = () => {}, small = false } = {}) {
  const { book, uid } = at;
  const name = freshId();
  const inputs = Object.keys(options).map((value) => h('input', { type: 'radio', name, value, onchange: () => book.enter(uid, field, value).then(() => picked(value)) }));
  const group = h('fieldset', { class: 'choice' }, h('legend', { class: small ? 'hidden' : null }, label), h('div', { class: 'picks' }, inputs.map((input) => h('label', { class: `pick ${input.value}` }, input, h('span', null, options[input.value])))), parallel(at, field, (value) => options[value] || value));
  live(() => inputs.forEach((input) => { input.checked = book.value(uid, field) === input.value; }), group);
  return group;
}

/** Any of several. @param {At} at @param {string} field @param {string} label @param {Record<string, string>} options */
export function some({ book, uid }, field, label, options) {
  const held = () => book.value(uid, field) || [];
  const enter = () => book.enter(uid, field, inputs.filter((input) => input.checked).map((input) => input.value));
  const inputs = Object.keys(options).map((value) => h('input', { type: 'checkbox', value, onchange: enter }));
  const group = h('fieldset', { class: 'choice' }, h('legend', null, label), h('div', { class: 'picks' }, inputs.map((input) => h('label', { class: 'pick' }, input, h('span', null, options[input.value])))), parallel({ book, uid }, field, (value) => value.map((/** @type {string} */ code) => options[code]).join('、')));
  live(() => inputs.forEach((input) => { input.checked = held().includes(input.value); }), group);
  return group;
}

/** Yes or no. @param {At} at @param {string} field @param {string} label */
export function flag({ book, uid }, field, label) {
  const input = h('input', { type: 'checkbox', onchange: () => book.enter(uid, field, input.checked) });
  live(() => { input.checked = book.value(uid, field) === true; }, input);
  return h('label', { class: 'pick wide' }, input, h('span', null, label));
}

/** Photos of something, with the button that takes them. @param {At} at @param {string} of @param {string} [label] */
export function photos({ book, uid }, of, label = _('拍照')) {
  const id = freshId();
  const { offsite } = book.visits.get(uid).frame; // then it is papers and screenshots, no camera
  const said = h('p', { class: 'wrong', role: 'alert' });
  const input = h('input', { id, type: 'file', accept: offsite ? 'image/*,application/pdf' : 'image/*', capture: offsite ? null : 'environment', multiple: true, class: 'hidden', onchange: async () => {
    said.textContent = '';
    for (const file of [...input.files]) {
      try {
        await book.addPhoto(uid, await (offsite && file.type === PDF ? paper(file) : take(file)), of);
      } catch (error) {
        said.textContent = /** @type {Error} */ (error).message;
      }
    }
    input.value = '';
  } });
  const list = shown('ul', { class: 'photos' }, () => book.photosOf(uid, of).map((one) => [one.sha256, one.withdrawn, one.caption]), () => book.photosOf(uid, of).map((one, at) => photo({ book, uid }, one, at + 1)));
  return h('div', { class: 'shots' }, input, h('label', { for: id, class: 'button' }, offsite ? _('添加材料或截图') : label), list, said);
}

/** @param {At} at @param {any} one @param {number} number */
function photo({ book, uid }, one, number) {
  const title = _`照片 ${number}，校验值 ${one.sha256.slice(0, 8)}`;
  const picture = one.thumb ? h('img', { src: one.thumb, alt: title, width: 72, height: 72 }) : h('span', { class: 'noimg' }, one.media === PDF ? 'PDF' : _('在另一台手机上'));
  const turn = (/** @type {boolean | null} */ value) => book.enter(uid, `photos/${one.sha256}/withdrawn`, value);
  return h('li', { class: one.withdrawn ? 'off' : null }, picture, one.withdrawn ? h('button', { type: 'button', onclick: () => turn(null) }, _`恢复照片 ${number}`) : [caption({ book, uid }, one, number), h('button', { type: 'button', onclick: () => turn(true), 'aria-label': _`撤下照片 ${number}` }, _('撤下'))]);
}

/** What the photo shows, in words; nobody has to say it. @param {At} at @param {any} one @param {number} number */
function caption(at, one, number) {
  const { book, uid } = at;
  const field = `photos/${one.sha256}`;
  const seen = book.heads(uid, field);
  const said = () => ({ ...facts(), caption: words.value.slice(0, 200) });
  const facts = () => {
    const { size, media, taken, of, caption: before } = book.value(uid, field);
    return { size, media, taken, of, caption: before };
  };
  const words = h('input', { type: 'text', maxlength: 200, autocomplete: 'off', lang: 'zh-CN', value: facts().caption, placeholder: _('照片说明（可不填）'), 'aria-label': _`照片 ${number} 的说明（可不填）`, oninput: () => book.draft(uid, field, said(), seen), onchange: () => book.enter(uid, field, said()) });
  return [words, parallel(at, field, (value) => value.caption || _('（空）'))];
}
