// @ts-check
/** The language of the screens: Chinese, or English by a switch on the list. The record stays Chinese: it is what is signed. */
import { ENGLISH } from './english.js';

const KEY = 'sunlot-field-language';

export const english = localStorage.getItem(KEY) === 'en';

/** A text in the reader's language: `_('…')`, or as a tag of a template, whose values go where its English has {1}, {2} … @param {string | TemplateStringsArray} text @param {...any} values @returns {string} */
export function _(text, ...values) {
  const key = typeof text === 'string' ? text : text.reduce((before, after, at) => `${before}{${at}}${after}`);
  const found = (english && ENGLISH[key]) || key;
  return typeof text === 'string' ? found : found.replace(/\{(\d+)\}/g, (whole, at) => String(values[Number(at) - 1]));
}

/** Changes the language; what is entered stays as it is. */
export function turn() {
  localStorage.setItem(KEY, english ? 'zh' : 'en');
  location.reload();
}
