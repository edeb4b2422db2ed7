// @ts-check
/** The pad on which somebody signs with a finger, and the drawing of a signature from its path. */
import { h } from './dom.js';
import { _ } from './words.js';

const [WIDTH, HEIGHT] = [640, 320]; // the units of every signature, whatever the screen (docs/sync.md)
const APART = 3; // units between two points
const LONGEST = 19_500; // letters; the office takes 20,000

/** @param {string} title @param {string} sha256 of what is signed @returns {Promise<string>} the path, empty when it was left */
export function pad(title, sha256) {
  return new Promise((resolve) => {
    let path = '';
    let last = [-99, -99];
    const canvas = h('canvas', { width: WIDTH, height: HEIGHT, 'aria-label': _('签字框：用手指或笔书写') });
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    Object.assign(pen, { lineWidth: 5, lineCap: 'round', lineJoin: 'round', strokeStyle: '#10243a' });
    const said = h('p', { role: 'alert', class: 'wrong' });
    const at = (/** @type {PointerEvent} */ event) => {
      const box = canvas.getBoundingClientRect();
      return [[event.clientX - box.left, box.width, WIDTH], [event.clientY - box.top, box.height, HEIGHT]].map(([where, size, units]) => Math.max(0, Math.min(units, Math.round((where / size) * units))));
    };
    const put = (/** @type {string} */ letter, /** @type {number[]} */ point) => {
      if (path.length > LONGEST) return;
      path += `${path ? ' ' : ''}${letter}${point[0]} ${point[1]}`;
      if (letter === 'M') {
        pen.beginPath();
        pen.moveTo(point[0], point[1]);
      } else {
        pen.lineTo(point[0], point[1]);
        pen.stroke();
      }
      last = point;
    };
    let down = false;
    canvas.addEventListener('pointerdown', (/** @type {PointerEvent} */ event) => {
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      down = true;
      put('M', at(event));
    });
    canvas.addEventListener('pointermove', (/** @type {PointerEvent} */ event) => {
      if (!down) return;
      for (const one of event.getCoalescedEvents?.().length ? event.getCoalescedEvents() : [event]) {
        const point = at(one);
        if (Math.hypot(point[0] - last[0], point[1] - last[1]) >= APART) put('L', point);
      }
    });
    for (const kind of ['pointerup', 'pointercancel']) canvas.addEventListener(kind, () => { down = false; });
    const clear = () => {
      path = '';
      pen.clearRect(0, 0, WIDTH, HEIGHT);
    };
    const leave = (/** @type {string} */ result) => {
      box.close();
      box.remove();
      resolve(result);
    };
    const accept = () => {
      if (path.length < 30 || !path.includes('L')) said.textContent = _('请在框内手写签名。');
      else leave(path);
    };
    const box = h('dialog', { class: 'pad', 'aria-label': title }, h('h2', null, title), h('p', { class: 'hint' }, _`签在校验值 ${sha256.slice(0, 16)}… 的记录上`), canvas, said, h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'main', onclick: accept }, _('确认签字')), h('button', { type: 'button', onclick: clear }, _('重写')), h('button', { type: 'button', onclick: () => leave('') }, _('取消'))));
    box.addEventListener('cancel', () => leave(''));
    document.body.append(box);
    box.showModal();
  });
}

/** @param {string} path @param {string} title */
export function trace(path, title) {
  const make = (/** @type {string} */ name, /** @type {Record<string, string>} */ values) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(values)) element.setAttribute(key, value);
    return element;
  };
  const picture = make('svg', { viewBox: `-4 -4 ${WIDTH + 8} ${HEIGHT + 8}`, role: 'img', 'aria-label': title, class: 'trace' });
  picture.append(make('path', { d: path, fill: 'none', stroke: '#10243a', 'stroke-width': '5', 'stroke-linecap': 'round' }));
  return picture;
}
