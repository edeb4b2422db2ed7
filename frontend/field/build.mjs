// @ts-check
/** `node build.mjs FOLDER`: the field form's one script, minified. The same source and lock file give the same bytes. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
await build({ entryPoints: [join(here, 'src', 'app.js')], bundle: true, minify: true, format: 'esm', target: 'es2020', charset: 'utf8', legalComments: 'none', outfile: join(process.argv[2], 'app.js') });
