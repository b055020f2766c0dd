// The app without a network, and its waking by a push. The server puts a hash of all files here: another version is another cache, whole.
const VERSION = "unversioned";
// By language, what it says of a push: put here by the server, too.
const LANGUAGES = {};
const CACHE = `authenticator-${VERSION}`;
const PAGE = "/authenticator";
const FILES = [
  PAGE,
  ...["app.css", "family.css", "icon.svg", "icon-192.png", "manifest.webmanifest"],
  ...["activate", "app", "base32", "bytes", "canonical", "codes", "device", "fault", "languages", "links", "migration", "push", "requests", "scan", "store", "words"].map((m) => `${m}.js`),
  ...["account", "add", "arrange", "confirm", "dom", "list", "pad", "request", "settings"].map((m) => `ui/${m}.js`),
  ...Object.keys(LANGUAGES).map((m) => `words.${m}.js`),
].map((file) => (file === PAGE ? PAGE : `${PAGE}/${file}`));

// Registrations in /push only take pushes; the app's own keeps the files.
const keepsFiles = !new URL(self.registration.scope).pathname.startsWith(`${PAGE}/push/`);

self.addEventListener("install", (event) => {
  if (keepsFiles) event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
  else self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name.startsWith("authenticator-") && name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  };
  if (keepsFiles) event.waitUntil(old());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (!keepsFiles || event.request.method !== "GET" || url.origin !== self.location.origin || !(url.pathname === PAGE || url.pathname.startsWith(`${PAGE}/`))) return;
  event.respondWith(answer(event.request, url.pathname));
});

async function answer(request, path) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.mode === "navigate" ? PAGE : path, { ignoreVary: true });
  if (kept) return kept;
  const fresh = await fetch(request);
  // The reader of QR codes is large and seldom used: kept once it was.
  if (fresh.ok && path.includes("/vendor/")) await cache.put(path, fresh.clone());
  return fresh;
}

// A push says that something waits, and nothing of what or for whom: the app asks its service.
self.addEventListener("push", (event) => event.waitUntil(wake()));

async function wake() {
  for (const client of await windows()) client.postMessage("wake");
  const [title, body] = LANGUAGES[await language()];
  await self.registration.showNotification(title, {
    body,
    icon: `${PAGE}/icon-192.png`,
    tag: "sign-in",
    renotify: true,
    requireInteraction: true,
  });
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(windows().then(([open]) => (open ? open.focus() : self.clients.openWindow(PAGE))));
});

// The window may belong to the other registration.
const windows = async () => (await self.clients.matchAll({ type: "window", includeUncontrolled: true })).filter((c) => new URL(c.url).pathname === PAGE);

/** The language that was chosen in the app, else the browser's, else English. */
function language() {
  return new Promise((resolve) => {
    const liked = (like) => Object.keys(LANGUAGES).findLast((l) => like === l || like.startsWith(`${l}-`));
    const asked = (chosen = []) => resolve([chosen, self.navigator.languages, "en"].flat().map(liked).find(Boolean));
    const opening = indexedDB.open("authenticator", 1);
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => asked();
    opening.onsuccess = () => {
      const reading = opening.result.transaction("values").objectStore("values").get("language");
      reading.onsuccess = () => asked(reading.result);
      reading.onerror = () => asked();
    };
  });
}

self.addEventListener("message", (event) => { if (event.data === "take-over") self.skipWaiting(); });
