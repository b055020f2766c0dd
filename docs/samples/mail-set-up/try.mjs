// Tries the page against the laptop: it serves these files, and hands /api and /dev on, so that all is one origin.
import { readFile } from "node:fs/promises";
import { createServer, request } from "node:http";

const backend = new URL(process.env.BACKEND ?? "http://127.0.0.1:7071");
const port = Number(process.env.PORT ?? 7080);
const files = { "/": ["index.html", "text/html"], "/mail-set-up.js": ["mail-set-up.js", "text/javascript"], "/mail-set-up.css": ["mail-set-up.css", "text/css"] };

createServer(async (from, to) => {
  const { pathname } = new URL(from.url, "http://127.0.0.1");
  if (Object.hasOwn(files, pathname)) {
    const [file, type] = files[pathname];
    to.writeHead(200, { "Content-Type": `${type}; charset=utf-8`, "Cache-Control": "no-store" }).end(await readFile(new URL(file, import.meta.url)));
  } else if (/^\/(api|dev)\//.test(pathname)) {
    const on = request({ host: backend.hostname, port: backend.port, path: from.url, method: from.method, headers: from.headers }, (answer) => {
      to.writeHead(answer.statusCode, answer.headers);
      answer.pipe(to);
    });
    on.on("error", () => (to.headersSent ? to.destroy() : to.writeHead(502).end()));
    from.pipe(on);
  } else if (pathname === "/security") {
    to.writeHead(302, { Location: `${backend}dev` }).end();
  } else {
    to.writeHead(404).end();
  }
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/`));
