// The browser of the user: a frame with their page, which is of this origin, so that its address can be shown.
import { shop } from "/dev/api.js";

const $ = (id) => document.getElementById(id);
const frame = $("page");

/** Replaces: the way back in the desk's own history is not through every page of a user. @param {string} address */
export function show(address) {
  frame.contentWindow.location.replace(address);
  mark();
}

export function reload() {
  frame.contentWindow.location.reload();
}

/** The link that an authenticator on the same device would open; undefined where the page shows none. @returns {string | undefined} */
export const activation = () => frame.contentDocument?.querySelector("a.here")?.href;

/** The languages that the page speaks, by their tags. @returns {Record<string, {name: string}> | undefined} */
export function languages() {
  const meta = frame.contentDocument?.querySelector('meta[name="mfa"]');
  return meta ? JSON.parse(meta.content).languages : undefined;
}

/** A sign-in at a shop: its page is this service's, and the way back is to /dev/back. @param {string} user */
export async function signInAtShop(user) {
  const state = crypto.randomUUID();
  try {
    const asked = await shop("POST", "/challenges", { user, application: "The Shop", page: { returnTo: `${location.origin}/dev/back`, state } });
    // For the page that comes back, as a shop would keep it in a session.
    sessionStorage.setItem("shop", JSON.stringify({ id: asked.id, state, user }));
    const url = asked.signInUrl && new URL(asked.signInUrl);
    show(url ? url.pathname + url.hash : `/dev/back?state=${state}&by=${encodeURIComponent(asked.by ?? asked.state)}`);
  } catch (problem) {
    if (problem.code !== "enrollment-required") throw problem;
    sessionStorage.setItem("shop", JSON.stringify({ user }));
    show("/dev/back?error=enrollment-required");
  }
}

/** What the address bar says; without what is nobody's to read. */
function mark() {
  const at = frame.contentWindow.location;
  if (at.protocol !== "about:") {
    const query = new URLSearchParams(at.search);
    for (const name of [...query.keys()]) if (!["login_hint", "error"].includes(name)) query.delete(name);
    const shown = at.host + at.pathname + (query.size > 0 ? `?${query}` : "");
    if ($("address").textContent !== shown) $("address").textContent = shown;
    for (const button of document.querySelectorAll("[data-place]")) {
      if (button.dataset.place === at.pathname) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
    if (/^\/(sign-in|dev\/back)/.test(at.pathname)) $("shop").setAttribute("aria-current", "page");
    else $("shop").removeAttribute("aria-current");
  }
}

frame.addEventListener("load", mark);
setInterval(mark, 500);
