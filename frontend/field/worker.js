// The service worker: keeps the form on the phone. What the officer enters never passes through it; that lies in IndexedDB.
const CACHE = 'field-{{version}}';
const PARTS = ['shell.html', 'app.js?v={{version}}', 'style.css?v={{version}}', 'manifest.json?v={{version}}', 'icon.svg?v={{version}}', 'icon-192.png?v={{version}}'];

self.addEventListener('install', (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(clean().then(() => self.clients.claim())));

async function keep() {
  const cache = await caches.open(CACHE);
  await Promise.all(PARTS.map(async (part) => {
    const answer = await fetch(part);
    if (!answer.ok || answer.redirected) throw new Error(part); // half a form is none: the one that is there stays
    await cache.put(part, answer);
  }));
}

async function clean() {
  for (const name of await caches.keys()) if (name.startsWith('field-') && name !== CACHE) await caches.delete(name);
}

self.addEventListener('fetch', (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== 'GET' || !address.pathname.startsWith('/field/')) return;
  event.respondWith(answer(event.request));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  const kept = await (request.mode === 'navigate' ? cache.match('shell.html') : cache.match(request));
  return kept || fetch(request);
}
