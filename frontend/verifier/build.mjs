// @ts-check
/** `node build.mjs OUT.html`: the verifier as one page without a network. The same source and lock file give the same bytes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = join(dirname(fileURLToPath(import.meta.url)), 'page');
const read = (/** @type {string} */ name) => readFileSync(join(here, name), 'utf8');
const made = await build({ entryPoints: [join(here, 'entry.js')], bundle: true, minify: true, format: 'iife', target: 'chrome80', charset: 'utf8', legalComments: 'inline', write: false });
const script = made.outputFiles[0].text.replaceAll('</script', '<\\/script');
const page = read('index.html').replace('/*STYLE*/', () => read('style.css').trim()).replace('/*SCRIPT*/', () => script.trim());
writeFileSync(process.argv[2], page);
