import * as store from "../store.js";
import { t } from "../words.js";
import { button, h, icon, Sheet } from "./dom.js";
import { title } from "./list.js";

/**
 * Another order of the accounts: by dragging a handle, or with the arrow keys on it.
 * @param {() => void} changed
 */
export function openArrange(accounts, changed) {
  const sheet = new Sheet({ onclose: save });
  const said = h("p", { class: "hidden", role: "status" });
  const list = h("ol", { class: "arrange" }, accounts.map((account) => {
    const handle = h("button", { type: "button", class: "round handle", "aria-label": t("move", { what: title(account) }), onkeydown, onpointerdown }, icon("grip"));
    return h("li", { "data-id": account.id }, handle, h("span", { class: "names" },
      h("span", { class: "issuer" }, account.issuer || account.name), account.issuer ? h("span", { class: "name" }, account.name) : null));
  }));

  function onkeydown(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const handle = event.currentTarget;
    const item = handle.closest("li");
    const to = [...list.children].indexOf(item) + by;
    if (to < 0 || to >= list.children.length) return;
    place(item, to);
    handle.focus();
    said.textContent = t("moved", { place: to + 1, of: list.children.length });
  }

  function onpointerdown(event) {
    const handle = event.currentTarget;
    const item = handle.closest("li");
    handle.setPointerCapture(event.pointerId);
    item.classList.add("dragged");
    const move = (e) => {
      const others = [...list.children].filter((other) => other !== item);
      const to = others.filter((other) => middle(other) < e.clientY).length;
      if ([...list.children].indexOf(item) !== to) place(item, to);
    };
    const end = () => {
      item.classList.remove("dragged");
      handle.removeEventListener("pointermove", move);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", end, { once: true });
  }

  const middle = (node) => node.getBoundingClientRect().top + node.offsetHeight / 2;

  function place(item, to) {
    const others = [...list.children].filter((other) => other !== item);
    // Others are moved round it: an element that is itself moved loses its pointer.
    others.slice(0, to).forEach((other) => list.insertBefore(other, item));
    list.append(...others.slice(to));
  }

  async function save() {
    const order = new Map([...list.children].map((item, i) => [item.dataset.id, i + 1]));
    for (const account of accounts) {
      if (account.order !== order.get(account.id)) await store.update(account, (a) => { a.order = order.get(a.id); });
    }
    changed();
  }

  sheet.show(t("arrange"), {}, h("p", { class: "soft" }, t("arrange-hint")), list, said, button("primary", t("done"), () => sheet.close()));
}
