// @ts-check
/** Signing: the record is frozen, shown to its end, and only then signed, by its hash. A change afterwards needs a new record and new signatures. */
import { utc, uuid } from './book.js';
import { clock, freshId, h, live, shown } from './dom.js';
import { departments, firmSigns, lacks, make, nobodyThere, officers, photosOf, pointsOf, standing, subject, timeNames } from './record.js';
import { pad, trace } from './pad.js';
import { take } from './photo.js';
import { _ } from './words.js';

/** @typedef {import('./fields.js').At} At */

const NO_WITNESS = '无见证人'; // as the office has it (signing.py)
const ALONE = ['现场只有检查组和当事人', '在场人员不愿作证'];
const UNSEALED = ['无印章', '印章未带到现场', '企业不愿盖章'];

/** Hashes of records that were shown to their end on this screen. @type {Set<string>} */
const read = new Set();

/** @param {At} at */
export function sign(at) {
  const { book, uid } = at;
  const state = () => {
    const record = book.record(uid);
    const { state: stage, record: there } = book.visits.get(uid);
    return [stage, there, record ? [record.key, record.status, record.problem || '', record.answer || null] : null];
  };
  return shown('div', {}, state, () => {
    const record = book.record(uid);
    if (!record || record.status === 'problem') return begin(at, record);
    if (record.status === 'taken' && reopened(book.visits.get(uid), record.edition)) return begin(at, null);
    return record.status === 'signing' ? signing(at, record) : ended(at, record);
  });
}

/** Whether the office has opened a signed record again, or given it up: the next edition needs new signatures. @param {any} visit @param {number} edition */
const reopened = (visit, edition) => visit.state === 'underway' && visit.record?.signed && visit.record.edition >= edition;

/** The page on which a record that somebody has signed is given up; it wants a reason, and a network. @param {any} visit */
const redraft = (visit) => h('p', null, h('a', { href: `/visits/${visit.number}/redraft/` }, _('记录有误，重新起草（须联网）')));

/** Before there is a record: what it lacks, and the button that makes it. @param {At} at @param {any} failed */
function begin(at, failed) {
  const { book, uid } = at;
  const visit = book.visits.get(uid);
  if (['done', 'refused', 'failed', 'cancelled'].includes(visit.state)) return [h('section', null, h('h2', null, _`检查${_(visit.state_title)}`), h('p', null, visit.record ? _`办公室已有第 ${visit.record.edition} 版检查记录，校验值 ${visit.record.sha256}。` : _('没有需要签字的记录。')))];
  const gaps = () => lacks(make(book, uid).body, book.office, book.visits.get(uid).window);
  const elsewhere = visit.state === 'signing' && visit.record?.signed; // by a colleague, on another phone or in the office
  const same = () => make(book, uid).sha256 === visit.record.sha256;
  const freeze = async () => {
    await book.settle();
    if (failed) await book.keepRecord({ ...failed, status: 'void' });
    await fresh(at, Boolean(elsewhere));
  };
  return [
    visit.record && !elsewhere && h('p', { class: 'notice' }, reopened(visit, 0) ? _`第 ${visit.record.edition} 版记录已退回更正或重新起草；改好后形成新的一版，所有人重新签字。` : _`办公室已有第 ${visit.record.edition} 版检查记录；只有办理了“更正记录”，另出的一版才会被收下。`),
    failed && h('p', { class: 'notice bad', role: 'alert' }, _`办公室没有收下这份记录：${failed.problem} 已签的字仍存在手机上；更正后须重新形成记录、重新签字。`),
    h('section', null, h('h2', null, _('形成检查记录')), shown('div', {}, () => [gaps(), elsewhere && same()], () => {
      const found = gaps();
      if (elsewhere && !same()) return h('p', { class: 'notice' }, _`第 ${visit.record.edition} 版记录已在另一台手机或办公室签字，内容与本机不同；请在那里补齐签字。要改内容，请办理“重新起草记录”。`, redraft(visit));
      if (elsewhere) return [h('p', { class: 'notice' }, _`第 ${visit.record.edition} 版记录已在另一台手机或办公室签字，内容与本机一致；还没有签的可以在这里签。`), h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'main', onclick: freeze }, _('打开这份记录，补齐签字')))];
      if (!found.length) return [h('p', { class: 'good' }, _('✓ 内容齐全。')), others(at), h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'main', onclick: freeze }, _('形成记录，供各方阅读')))];
      return [h('p', null, _('还缺这些，补齐后才能签字：')), h('ul', { class: 'gaps' }, found.map(({ step, sentence }) => h('li', null, h('a', { href: `#/${uid}/${step}` }, sentence))))];
    })),
  ];
}

/** Another phone may hold what this one has not seen. @param {At} at */
function others({ book, uid }) {
  const fields = [...book.fields(uid)].filter(([, one]) => one.parallel.length).length;
  return [
    fields > 0 && h('p', { class: 'notice' }, _`有 ${fields} 处两台手机填得不同，签字以现在显示的为准；请先核对。`),
    h('p', { class: 'hint' }, _('记录包括本机现有的全部内容。同组另一台手机的内容，须两台都联网上传后才会出现在这里。')),
  ];
}

/** @param {At} at @param {boolean} [rest] others have signed elsewhere: whoever is left signs here */
async function fresh({ book, uid }, rest = false) {
  const { text, sha256, edition, body } = make(book, uid);
  const there = body.sheet['firm/representative'] || { name: '', capacity: '' };
  const firm = { name: there.name, capacity: there.capacity };
  await book.keepRecord({ key: `${uid}/${sha256}/${uuid()}`, uid, text, sha256, edition, status: 'signing', signatures: [], rest, refusal: null, seal: null, firm, witness: '', at: new Date().toISOString(), problem: '' });
}

/** @param {At} at @param {any} record */
function signing(at, record) {
  const { book, uid } = at;
  const stale = () => make(book, uid).sha256 !== record.sha256;
  const anew = async () => {
    await book.keepRecord({ ...book.records.get(record.key), status: 'void' });
    if (!lacks(make(book, uid).body, book.office, book.visits.get(uid).window).length) await fresh(at);
  };
  const body = JSON.parse(record.text);
  return [
    shown('div', {}, stale, () => stale() && h('p', { class: 'notice bad', role: 'alert' }, _('形成记录后内容又有改动（本机或同组另一台手机）。'), record.signatures.length ? _('已签的字只对原来的记录有效。') : '', ' ', h('button', { type: 'button', onclick: anew }, _('按现在的内容重新形成')))),
    h('section', { class: 'paper', 'aria-label': _('检查记录全文') }, paper(body, book.office.labels, (sha) => book.photos.get(`${uid}/${sha}`)?.thumb), end(book, record)),
    signers(at, record, body),
    h('p', { class: 'buttons' }, h('button', { type: 'button', class: 'plain', onclick: () => book.keepRecord({ ...book.records.get(record.key), status: 'void' }) }, _('退回修改（已签的字作废）'))),
  ];
}

/** The end of the record; seeing it opens the signing. @param {import('./book.js').Book} book @param {any} record */
function end(book, record) {
  const mark = h('p', { class: 'end', tabindex: 0 }, _`—— 记录到此结束 ——`, h('br'), h('small', null, _`第 ${record.edition} 版，校验值 ${record.sha256}`));
  const watch = new IntersectionObserver(([seen]) => {
    if (!seen.isIntersecting) return;
    watch.disconnect();
    read.add(record.sha256);
    book.tell('entered', { uid: record.uid, quiet: true });
  }, { threshold: 1 });
  watch.observe(mark);
  return mark;
}

/** @param {At} at @param {any} record @param {any} body */
function signers(at, record, body) {
  const { book } = at;
  const now = () => book.records.get(record.key);
  const open = () => read.has(record.sha256);
  const team = officers(body.frame).filter((one) => body.sheet[`checkin/${one.inspector}`]);
  const absent = nobodyThere(body.sheet.outcome);
  const keep = (/** @type {any} */ more) => book.keepRecord({ ...now(), ...more });
  const key = () => [open(), now()?.signatures.map((/** @type {any} */ one) => one.id), now()?.refusal, now()?.seal];
  const row = (/** @type {string} */ title, /** @type {any} */ who) => signer(title, who, now, open, keep, record);
  const joined = absent ? [] : departments(body);
  const whole = () => team.every((one) => has(now(), 'officer', one.inspector)) && joined.every((one) => now().signatures.filter((/** @type {any} */ each) => each.who === 'partner' && each.capacity === one.code).length >= book.office.least_officers) && (!firmSigns(body, book.office) || has(now(), 'firm') || (now().refusal?.reason && (now().refusal.reason !== 'other' || now().refusal.note.trim()) && (has(now(), 'witness') || now().refusal.note.includes(NO_WITNESS))));
  const done = () => (now().rest ? now().signatures.length > 0 : whole());
  return shown('section', { class: 'signers' }, key, () => [
    h('h2', null, _('签字')),
    !open() && h('p', { class: 'notice' }, _('请先把记录读到末尾，签字才会打开。')),
    h('h3', null, _('检查人员')),
    team.map((one) => row(one.name, { who: 'officer', inspector: one.inspector, name: one.name, capacity: '' })),
    joined.map((one) => [h('h3', null, _`联合部门：${one.name}（${book.office.least_officers} 名以上签字）`), one.team.map((/** @type {any} */ guest) => row(guest.name, { who: 'partner', inspector: '', name: guest.name, capacity: one.code }))]),
    !absent && [h('h3', null, _('被检查单位')), firm(at, now, keep, open, row), seal(at, now, keep)],
    h('h3', null, _('见证人（有的话）')),
    witness(now, keep, row),
    h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'main', disabled: !done(), onclick: () => keep({ status: 'closed' }) }, _('完成签字'))),
    !done() && h('p', { class: 'hint' }, now().rest ? _('还没有签的人签字后，才能完成。') : firmSigns(body, book.office) ? _('检查人员全部签字，并且企业签字或注明原因后，才能完成。') : _('检查人员全部签字后，才能完成。')),
  ]);
}

/** @param {any} record @param {string} who @param {string} [inspector] */
const has = (record, who, inspector = '') => record.signatures.find((/** @type {any} */ one) => one.who === who && one.inspector === inspector);

/** The signature in the place of somebody; of partner departments by department and name. @param {any} record @param {any} who */
const placed = (record, who) => (who.who === 'partner' ? record.signatures.find((/** @type {any} */ one) => one.who === 'partner' && one.capacity === who.capacity && one.name === who.name) : has(record, who.who, who.inspector));

/** @param {string} title @param {any} who @param {() => any} now @param {() => boolean} open @param {(more: any) => void} keep @param {any} record */
function signer(title, who, now, open, keep, record) {
  const there = placed(now(), who);
  const others = () => now().signatures.filter((/** @type {any} */ one) => one !== placed(now(), who));
  const ask = async () => {
    const path = await pad(_`${title} 签字`, record.sha256);
    if (path) keep({ signatures: [...others(), { id: uuid(), ...who, path, at: utc() }] });
  };
  return h('div', { class: 'signer' }, h('b', null, title), there && trace(there.path, _`${title}的签字`), h('button', { type: 'button', disabled: !open(), onclick: ask, 'aria-label': `${title} ${there ? _('重签') : _('签字')}` }, there ? _('重签') : _('签字')));
}

/** The firm signs, or a reason stands in the place of its signature. @param {At} at @param {() => any} now @param {(more: any) => void} keep @param {() => boolean} open @param {(title: string, who: any) => any} row */
function firm({ book }, now, keep, open, row) {
  const { labels } = book;
  const signed = has(now(), 'firm');
  if (now().refusal) return refusal(labels.refusals, now, keep);
  if (signed) return [row(`${signed.name}（${labels.capacities[signed.capacity]}）`, { who: 'firm', inspector: '', name: signed.name, capacity: signed.capacity })];
  const [nameId, group] = [freshId(), freshId()];
  const change = () => {
    const given = { name: name.value.trim().normalize('NFC'), capacity: inputs.find((input) => input.checked)?.value || '' };
    if (given.name !== now().firm.name || given.capacity !== now().firm.capacity) keep({ firm: given });
    button.replaceChildren(...(given.name && given.capacity ? [row(`${given.name}（${labels.capacities[given.capacity]}）`, { who: 'firm', inspector: '', ...given })] : [h('p', { class: 'hint' }, _('写明姓名、选好身份后签字。'))]));
  };
  const name = h('input', { id: nameId, type: 'text', maxlength: 40, autocomplete: 'off', value: now().firm.name, oninput: change });
  const inputs = Object.keys(labels.capacities).map((value) => h('input', { type: 'radio', name: group, value, checked: value === now().firm.capacity, onchange: change }));
  const button = h('div');
  change();
  return [
    h('div', { class: 'field' }, h('label', { for: nameId }, _('签字人姓名')), name),
    h('fieldset', { class: 'choice' }, h('legend', null, _('身份（不要求是法定代表人）')), h('div', { class: 'picks' }, inputs.map((input) => h('label', { class: 'pick' }, input, h('span', null, labels.capacities[input.value]))))),
    button,
    h('button', { type: 'button', class: 'plain', disabled: !open(), onclick: () => keep({ refusal: { reason: '', note: '' } }) }, _('企业不签字或无法签字，注明原因')),
  ];
}

/** @param {Record<string, string>} reasons @param {() => any} now @param {(more: any) => void} keep */
function refusal(reasons, now, keep) {
  const [noteId, group] = [freshId(), freshId()];
  const note = h('textarea', { id: noteId, rows: 2, maxlength: 1000, value: now().refusal.note, onchange: () => keep({ refusal: { ...now().refusal, note: note.value.normalize('NFC') } }) });
  return [
    h('fieldset', { class: 'choice' }, h('legend', null, _('未能取得签字的原因')), h('div', { class: 'picks' }, Object.entries(reasons).map(([value, title]) => h('label', { class: 'pick' }, h('input', { type: 'radio', name: group, value, checked: now().refusal.reason === value, onchange: () => keep({ refusal: { note: note.value, reason: value } }) }), h('span', null, title))))),
    h('div', { class: 'field' }, h('label', { for: noteId }, _('情况说明')), note),
    !has(now(), 'witness') && !now().refusal.note.includes(NO_WITNESS) && h('div', { class: 'field' }, h('p', { class: 'hint' }, _('没有见证人签字的，须写明原因：')), h('div', { class: 'buttons' }, ALONE.map((why) => h('button', { type: 'button', onclick: () => keep({ refusal: { ...now().refusal, note: [note.value.trim().normalize('NFC'), `${NO_WITNESS}：${why}`].filter(Boolean).join('；') } }) }, _(why))))),
    h('p', { class: 'hint' }, _('须两名执法人员签字；有见证人的请见证人签字。完成后向负责人报告。')),
    h('button', { type: 'button', class: 'plain', onclick: () => keep({ refusal: null }) }, _('改为企业签字')),
  ];
}

/** The firm's seal: a photo of it, or why there is none; nobody has to say either. @param {At} at @param {() => any} now @param {(more: any) => void} keep */
function seal({ book, uid }, now, keep) {
  const there = now().seal;
  const [id, group] = [freshId(), freshId()];
  const said = h('p', { class: 'wrong', role: 'alert' });
  const input = h('input', { id, type: 'file', accept: 'image/*', capture: 'environment', class: 'hidden', onchange: async () => {
    said.textContent = '';
    try {
      const taken = await take(input.files[0]);
      await book.keepApart(uid, taken, there?.sha256 || '');
      keep({ seal: { sha256: taken.sha256, reason: '' } });
    } catch (error) {
      said.textContent = /** @type {Error} */ (error).message;
    }
    input.value = '';
  } });
  const choose = (/** @type {string} */ reason) => keep({ seal: { sha256: '', reason } });
  return h('div', { class: 'seal' }, h('h3', null, _('企业公章（有的话）')), sealed(book, uid, there),
    h('div', { class: 'shots' }, input, h('label', { for: id, class: 'button' }, there?.sha256 ? _('重拍公章') : _('拍公章')), said),
    h('fieldset', { class: 'choice' }, h('legend', null, _('没有公章的原因')), h('div', { class: 'picks' }, UNSEALED.map((reason) => h('label', { class: 'pick' }, h('input', { type: 'radio', name: group, checked: there?.reason === reason, onchange: () => choose(reason) }), h('span', null, _(reason)))))),
    there && h('button', { type: 'button', class: 'plain', onclick: () => keep({ seal: null }) }, _('不登记公章')));
}

/** @param {import('./book.js').Book} book @param {string} uid @param {any} there */
function sealed(book, uid, there) {
  const thumb = there?.sha256 && book.photos.get(`${uid}/${there.sha256}`)?.thumb;
  return thumb ? h('img', { src: thumb, alt: _('企业公章照片'), width: 96, height: 96 }) : null;
}

/** @param {() => any} now @param {(more: any) => void} keep @param {(title: string, who: any) => any} row */
function witness(now, keep, row) {
  const id = freshId();
  const signed = has(now(), 'witness');
  if (signed) return row(signed.name, { who: 'witness', inspector: '', name: signed.name, capacity: '' });
  const name = h('input', { id, type: 'text', maxlength: 40, autocomplete: 'off', value: now().witness, oninput: () => change() });
  const button = h('div');
  const change = () => {
    const given = name.value.trim().normalize('NFC');
    if (given !== now().witness) keep({ witness: given });
    button.replaceChildren(...(given ? [row(given, { who: 'witness', inspector: '', name: given, capacity: '' })] : []));
  };
  change();
  return [h('div', { class: 'field' }, h('label', { for: id }, _('见证人姓名')), name), button];
}

/** @param {At} at @param {any} record */
function ended({ book, uid }, record) {
  const { answer } = record;
  const partner = (/** @type {string} */ code) => (JSON.parse(record.text).frame.departments || []).find((/** @type {any} */ one) => one.code === code)?.name || '';
  const waiting = answer?.waiting || [];
  return [
    h('section', null, h('h2', null, _`第 ${record.edition} 版记录已签字`), h('p', { role: 'status', class: 'good' }, record.status === 'closed' ? _('已存在手机，联网后自动上传。') : _('已上传，办公室已收下。')),
      record.problem && h('p', { class: 'notice bad' }, record.problem), waiting.length > 0 && h('p', null, _`还差：${waiting.join('')}`), h('p', { class: 'hint' }, _('此后录入的内容不在这份记录里；要更正，由办公室办理“更正记录”，另出一版重新签字。')), book.visits.get(uid).state === 'signing' && book.visits.get(uid).record?.signed && redraft(book.visits.get(uid))),
    h('section', { class: 'paper', 'aria-label': _('检查记录全文') }, paper(JSON.parse(record.text), book.office.labels, (sha) => book.photos.get(`${uid}/${sha}`)?.thumb),
      h('p', { class: 'end' }, h('small', null, _`校验值 ${record.sha256}`)), record.signatures.map((/** @type {any} */ one) => h('div', { class: 'signer' }, h('b', null, `${one.name}${one.capacity ? `（${book.office.labels.capacities[one.capacity] || partner(one.capacity)}）` : ''}`), trace(one.path, _`${one.name}的签字`), h('small', null, clock(one.at)))),
      record.seal && h('p', null, record.seal.reason ? _`没有盖章：${_(record.seal.reason)}` : [_('企业公章：'), sealed(book, uid, record.seal)]),
      record.refusal && h('p', null, _`未取得企业签字：${book.office.labels.refusals[record.refusal.reason]} ${record.refusal.note}`)),
  ];
}

/** The record as people read it, all of it. @param {any} body @param {any} labels @param {(sha: string) => string | undefined} thumb */
function paper({ frame, sheet, edition }, labels, thumb) {
  const line = (/** @type {string} */ title, /** @type {any} */ value) => h('p', null, h('b', null, `${title}：`), value || '（无）');
  const several = (/** @type {string} */ field) => (sheet[field] || []).map((/** @type {string} */ code) => labels[field][code]).join('、');
  const findings = standing(sheet, 'findings');
  const taken = photosOf(sheet);
  const firmThere = sheet['firm/representative'];
  const points = new Set(pointsOf(frame));
  const [began, ended] = timeNames(frame);
  return [
    h('h2', null, `检查记录（第 ${edition} 版）`),
    line('检查机关', frame.organ), line('被检查单位', `${frame.firm.name}（${frame.firm.id}）`), line('地址', frame.firm.address),
    line('检查人员', frame.team.map((/** @type {any} */ one) => `${one.name}${one.certificate ? `（${one.certificate}）` : ''}${sheet[`checkin/${one.inspector}`] ? '' : frame.offsite ? '，未参加' : '，未签到'}`).join('；')),
    (frame.departments || []).map((/** @type {any} */ one) => line(`联合部门 ${one.name}（${one.items.join('、')}）`, sheet[`joint/${one.code}/absent`] ? `没有参加：${sheet[`joint/${one.code}/absent`]}` : one.team.map((/** @type {any} */ guest) => `${guest.name}（${guest.certificate}）`).join('；'))),
    frame.offsite && line('检查方式', '非现场检查，没有入企'), line(began, clock(sheet['times/arrived'])), line(ended, clock(sheet['times/left'])), !frame.offsite && line('检查场所', sheet.place), line('核查方式', several('methods')), line('检查依据清单', frame.list.edition),
    frame.items.map((/** @type {any} */ item) => [h('h3', null, `${item.number} ${item.name}`), h('ol', null, item.points.map((/** @type {any} */ point) => {
      const name = `${item.number}/${point.position}`;
      return points.has(name) && h('li', { value: point.position }, `${point.text} `, h('b', { class: `answer ${sheet[`answers/${name}`] || 'unseen'}` }, labels.answers[sheet[`answers/${name}`] || 'unseen']), sheet[`notes/${name}`] ? `（${sheet[`notes/${name}`]}）` : '');
    }))]),
    h('h3', null, `发现的问题（${findings.length}）`), findings.map((one, at) => trouble(one, at, labels, line)),
    h('h3', null, `清单外隐患（${standing(sheet, 'hazards').length}）`), standing(sheet, 'hazards').map((one, at) => trouble(one, at, labels, line)),
    h('h3', null, `照片（${taken.length}）`), h('ul', { class: 'photos' }, taken.map((one, at) => h('li', null, thumb(one.sha256) ? h('img', { src: thumb(one.sha256), alt: `照片 ${at + 1}`, width: 72, height: 72 }) : '', h('small', null, `${at + 1}. ${[subject(one.of, sheet, frame), one.caption].filter(Boolean).join('：')} ${one.sha256.slice(0, 8)}`)))),
    line('检查情况', sheet.summary), line('检查结果', labels.outcomes[sheet.outcome]), line('处理情况', sheet.handling), line('后续处置', several('dispositions')),
    line(frame.offsite ? '企业联系人' : '企业现场人员', firmThere ? `${firmThere.name} ${labels.capacities[firmThere.capacity] || ''} ${firmThere.phone}` : ''),
  ];
}

/** @param {any} one @param {number} at @param {any} labels @param {(title: string, value: any) => any} line */
const trouble = (one, at, labels, line) => h('div', { class: 'trouble' }, line(`${at + 1}`, `${one.text}（${labels.severities[one.severity] || '等级未定'}${one.point ? `，要点 ${one.point}` : ''}）`), one.article && line('依据', one.article), line('要求', one.measure), line('改正', one.corrected ? '已当场改正' : '未当场改正'));
