// @ts-check
/** One script for both sides: in the page it shows, in a worker made of the same text it computes. */
import { main } from './main.js';
import { worker } from './worker.js';

if (typeof document === 'undefined') {
  const post = worker((message) => postMessage(message));
  onmessage = (event) => post(event.data);
} else {
  main();
}
