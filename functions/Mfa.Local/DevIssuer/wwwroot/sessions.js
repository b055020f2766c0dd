// Who is signed in with the development issuer in this browser, and their sessions: coming back is the same session, as with a real issuer.

const place = "mfa-development-issuer";

export function remembered() {
  try {
    const { user, sids } = JSON.parse(localStorage.getItem(place)) ?? {};
    return { user, sids: sids ?? {} };
  } catch {
    return { sids: {} };
  }
}

// The session of somebody, who is the one that is signed in from now on.
export function sessionOf(user) {
  const { sids } = remembered();
  const sid = sids[user] ?? crypto.randomUUID();
  keep({ user, sids: { ...sids, [user]: sid } });
  return sid;
}

export function forget() {
  const { user, sids } = remembered();
  delete sids[user];
  keep({ sids });
}

function keep(known) {
  try {
    localStorage.setItem(place, JSON.stringify(known));
  } catch {
    // A browser that keeps nothing signs in anew each time.
  }
}
