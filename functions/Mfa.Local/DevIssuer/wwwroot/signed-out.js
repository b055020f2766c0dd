// Forgets who is signed in, and goes back where the program wants to; the address was checked by the server.
import { forget } from "/dev/sessions.js";

forget();
const asked = new URLSearchParams(location.search);
const next = asked.get("post_logout_redirect_uri");
if (next) {
  const to = new URL(next);
  if (asked.has("state")) to.searchParams.set("state", asked.get("state"));
  location.replace(to);
}
