// @ts-check
/** The little that is needed to write a page by hand. */

/** @typedef {Node | string | number | false | null | undefined} Child */

/** An element. `on…` are listeners, `true` an empty attribute, `false` and null none. @param {string} tag @param {Record<string, any> | null} [props] @param {...(Child | Child[])} children @returns {any} */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked') /** @type {any} */ (element)[name] = value;
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...kept(children));
  return element;
}

/** @param {any[]} children nested as they come @returns {(Node | string)[]} */
const kept = (children) => children.flat(Infinity).filter((child) => child !== false && child !== null && child !== undefined).map((child) => (child instanceof Node ? child : String(child)));

/** @param {string} id @returns {any} */
export const part = (id) => document.getElementById(id);

let numbers = 0;

/** An id for a label to point at. */
export const freshId = () => `f${++numbers}`;

/** @type {Map<() => void, Element | undefined>} what to look at again when something was entered, with the element it writes */
const alive = new Map();

/** Forgets the page that is being left. */
export const leave = () => alive.clear();

/** Looks again at everything on the page. */
export function renew() {
  for (const [look, element] of [...alive]) {
    if (element && !element.isConnected) alive.delete(look);
    else look();
  }
}

/** Calls `look` now and whenever something was entered, as long as the element is on the page. @param {() => void} look @param {Element} [element] */
export function live(look, element) {
  look();
  alive.set(look, element);
}

/** A part of the page that is built anew when what it shows has changed; `key` says what it shows. @param {string} tag @param {Record<string, any>} props @param {() => any} key @param {() => (Child | Child[])} build */
export function shown(tag, props, key, build) {
  const element = h(tag, props);
  let before = /** @type {string | null} */ (null);
  live(() => {
    const now = JSON.stringify(key());
    if (now === before) return;
    before = now;
    element.replaceChildren(...kept([build()]));
  }, element);
  return element;
}

/** The moment as people read it, in the office's time. @param {string | number | Date | null | undefined} moment */
export function clock(moment) {
  if (!moment) return '';
  return new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(moment));
}
