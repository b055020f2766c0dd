import { Fault } from "../fault.js";
import { decode } from "../base32.js";
import { read, typed } from "../links.js";
import { readPicture, watch } from "../scan.js";
import { t } from "../words.js";
import { showFound } from "./confirm.js";
import { alertLine, button, field, h, icon, saying, Sheet } from "./dom.js";

/**
 * Adding an account, by whatever the user has: a code to scan, a picture, a link, or words to type.
 * @param {{added: (accounts: Account[]) => void, notify: (account: Account) => Promise<boolean>}} app
 * @param {Found} [found] what a link that was opened holds
 */
export function openAdd(app, found) {
  let camera = new AbortController();
  const sheet = new Sheet({
    onclose: () => {
      camera.abort();
      document.removeEventListener("paste", pasted);
    },
  });
  const show = (title, back, ...content) => {
    camera.abort();
    sheet.show(title, { back }, ...content);
  };
  const take = (text) => showFound(sheet, read(text), { ...app, back: choices });

  const choices = () => {
    const alert = alertLine();
    alert.dataset.choices = "";
    const picked = h("input", { type: "file", accept: "image/*", class: "hidden", tabindex: "-1", "aria-hidden": "true", onchange: () => picture(picked.files[0], alert) });
    const link = field(t("link"), { inputmode: "url", maxlength: "8000", placeholder: "https://…  otpauth://…" });
    const option = (name, text, hint, onclick) => h("button", { type: "button", class: "option", onclick }, icon(name), h("span", {}, text, h("small", {}, hint)));
    const paste = (event) => {
      event.preventDefault();
      attempt(alert, () => {
        if (!link.input.value.trim()) throw new Fault("no-link");
        take(link.input.value);
      });
    };
    const root = h("div", { class: "choices", ondragover: (e) => e.preventDefault(), ondrop: (e) => { e.preventDefault(); dropped(e.dataTransfer, alert); } },
      option("camera", t("scan"), t("scan-hint"), scan), option("picture", t("picture"), t("picture-hint"), () => picked.click()), picked,
      option("keyboard", t("type"), t("type-hint"), byHand), option("key", t("secret"), t("secret-hint"), bySecret),
      h("form", { class: "link", onsubmit: paste }, link.row, button("quiet", t("go-on"))), alert);
    show(t("add"), undefined, root);
  };

  const scan = async () => {
    const video = h("video", { playsinline: true, muted: true, "aria-label": t("camera") });
    const alert = alertLine();
    const finder = h("div", {}, h("div", { class: "finder" }, video), h("p", { class: "soft centred" }, t("scan-how")));
    show(t("scan"), choices, finder, alert);
    camera = new AbortController();
    const { signal } = camera;
    try {
      for await (const text of watch(video, signal)) {
        if (signal.aborted) return;
        try {
          take(text);
          return camera.abort();
        } catch (fault) {
          alert.textContent = saying(fault);
        }
      }
    } catch (fault) {
      finder.remove();
      alert.textContent = saying(fault);
    }
  };

  const byHand = () => {
    const code = field(t("code"), { autofocus: true, autocapitalize: "characters", placeholder: "XXXX-XXXX", maxlength: "12", required: true });
    const url = field(t("url"), { inputmode: "url", placeholder: "https://…", maxlength: "500", required: true });
    const alert = alertLine();
    const submit = (event) => {
      event.preventDefault();
      attempt(alert, () => showFound(sheet, { kind: "activation", activation: typed(code.input.value, url.input.value) }, { ...app, back: byHand }));
    };
    show(t("type"), choices, h("p", { class: "soft" }, t("type-how")), h("form", { novalidate: true, onsubmit: submit }, code.row, url.row, alert, button("primary", t("go-on"))));
  };

  const bySecret = () => {
    const issuer = field(t("service"), { autofocus: true, maxlength: "60", required: true });
    const name = field(t("account"), { maxlength: "100" });
    const secret = field(t("secret-key"), { autocapitalize: "characters", required: true }, t("secret-key-hint"));
    const alert = alertLine();
    const submit = (event) => {
      event.preventDefault();
      attempt(alert, () => {
        const seed = { issuer: issuer.input.value.trim(), name: name.input.value.trim(), secret: decode(secret.input.value), algorithm: /** @type {const} */ ("SHA-1"), digits: 6, period: 30 };
        showFound(sheet, { kind: "seed", seed }, { ...app, back: bySecret });
      });
    };
    show(t("secret"), choices, h("form", { onsubmit: submit }, issuer.row, name.row, secret.row, alert, button("primary", t("go-on"))));
  };

  const attempt = async (alert, act) => {
    alert.textContent = "";
    try {
      await act();
    } catch (fault) {
      alert.textContent = saying(fault);
    }
  };

  const picture = (file, alert) => file && attempt(alert, async () => take(await readPicture(file)));

  const dropped = (data, alert) => {
    const file = [...data.files].find((f) => f.type.startsWith("image/"));
    if (file) return picture(file, alert);
    return attempt(alert, () => {
      if (data.files.length > 0) throw new Fault("no-picture");
      take(data.getData("text/plain"));
    });
  };

  // Wherever the cursor is on the choices; in a field, text is pasted there.
  function pasted(event) {
    const alert = sheet.main.querySelector("[data-choices]");
    if (!alert || (event.target instanceof HTMLInputElement && event.clipboardData.files.length === 0)) return;
    event.preventDefault();
    dropped(event.clipboardData, alert);
  }

  document.addEventListener("paste", pasted);
  if (found) showFound(sheet, found, { ...app, back: undefined });
  else choices();
  return sheet;
}
