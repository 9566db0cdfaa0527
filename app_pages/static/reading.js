// Moves between pages without a reload, keeps the reader's place, and lets Streamlit take a served page over.

const root = document.getElementById("root");
const served = root && document.getElementById("kg-served");
const said = document.getElementById("kg-said");
const note = document.getElementById("kg-no-connection");
const PATIENCE = 12_000;
const EVERY = 500;
const CARRIED = ["paper", "keep"];

history.scrollRestoration = "manual";

const app = () => document.querySelector("[data-testid=stApp]");
const connected = () => app()?.dataset.testConnectionState === "CONNECTED";
const running = () => app()?.dataset.testScriptState === "running";
const heading = () => document.querySelector("#root h1");
// Streamlit says so at the end of every run of a page.
const drawn = () => document.querySelector("#root [data-kg-drawn]")?.dataset;

// ---- Where the reader is on a page, kept with its entry in the history ----

const FOCUSABLE = "a[href],button,summary,input,select,textarea,[tabindex='0']";
// A page to read, drawn whole by Streamlit as it was served; a tool has none.
const whole = () => document.querySelector("#root .kg-whole");
const page = () => (served?.isConnected ? served.querySelector(".kg-page") : (whole() ?? root));
const focusable = (within) => [...(within?.querySelectorAll(FOCUSABLE) ?? [])];
const keepPlace = () => {
  const open = [...document.querySelectorAll("details[id][open]")].map((fold) => fold.id);
  const focus = focusable(page()).indexOf(document.activeElement);
  history.replaceState({ ...history.state, kgPlace: { y: window.scrollY, open, focus } }, "");
};
let settling;
window.addEventListener(
  "scroll",
  () => {
    clearTimeout(settling);
    settling = setTimeout(keepPlace, 150);
  },
  { passive: true },
);
window.addEventListener("pagehide", keepPlace);
document.addEventListener("toggle", () => keepPlace(), true);

// A place on a page: something with this id, or the field in a part of Streamlit's with this key.
const placed = (id) =>
  document.getElementById(decodeURIComponent(id)) ?? document.querySelector(`.st-key-${CSS.escape(id)} :is(input,textarea)`);
const focusOn = (target) => {
  if (!target.matches("a,button,input,textarea,summary,[tabindex]")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
};
const unfold = (id) => {
  const target = id && placed(id);
  if (!target) return null;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  if (target instanceof HTMLDetailsElement) target.open = true;
  return target;
};
const goTo = (hash) => {
  const target = unfold(hash.slice(1));
  if (!target) return false;
  target.scrollIntoView({ block: target.matches("input,textarea") ? "nearest" : "start" });
  focusOn(target);
  return true;
};
const toPlace = (place) => {
  for (const id of place.open) {
    const fold = document.getElementById(id);
    if (fold instanceof HTMLDetailsElement) fold.open = true;
  }
  window.scrollTo(0, place.y);
  if (place.focus >= 0) focusable(page())[place.focus]?.focus({ preventScroll: true });
};

// ---- The frame follows the page ----

const frame = () => {
  const page = location.pathname.split("/").pop();
  const here = new URLSearchParams(location.search);
  for (const link of document.querySelectorAll(".kg-bar a, .kg-foot a[href]:not([rel])")) {
    const address = new URL(link.href);
    for (const name of CARRIED) {
      if (here.has(name)) address.searchParams.set(name, here.get(name));
      else address.searchParams.delete(name);
    }
    link.href = address.href;
    if (link.dataset.pages === undefined) continue;
    if (link.dataset.pages.split(" ").includes(page)) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
};

// ---- Streamlit takes over what was served, without a jump ----

const fields = (within) => [...within.querySelectorAll("input[type=search]")];
const anchors = (within) => [...within.querySelectorAll("h1,h2,h3,p,li")];
const takeOver = () => {
  const before = document.documentElement.scrollTop;
  const servedPage = served.querySelector(".kg-page");
  const focused = served.contains(document.activeElement) ? document.activeElement : null;
  const index = focusable(servedPage).indexOf(focused);
  const at = anchors(servedPage).findIndex((part) => part.getBoundingClientRect().bottom > 0);
  const top = at >= 0 ? anchors(servedPage)[at].getBoundingClientRect().top : 0;
  const open = [...servedPage.querySelectorAll("details[open]")].map((fold) => fold.id);
  const typed = fields(servedPage).map(({ value, selectionStart }) => ({ value, selectionStart }));
  served.remove();
  document.documentElement.classList.add("kg-live");
  // What the link past the bar leads to.
  const main = document.querySelector("#root [data-testid=stMain]");
  main.id = served.querySelector("main").id;
  main.tabIndex = -1;
  const drawnPage = whole();
  if (drawnPage === null) {
    if (location.hash) goTo(location.hash);
    return;
  }
  fields(drawnPage).forEach((field, at) => {
    field.value = typed[at]?.value ?? "";
    if (typed[at]?.value) field.setSelectionRange(typed[at].selectionStart, typed[at].selectionStart);
  });
  for (const fold of drawnPage.querySelectorAll("details[id]")) fold.open = open.includes(fold.id);
  const same = anchors(drawnPage)[at];
  window.scrollTo(0, same ? document.documentElement.scrollTop + same.getBoundingClientRect().top - top : before);
  const again = index >= 0 ? focusable(drawnPage)[index] : focused?.id && placed(focused.id);
  if (again) focusOn(again);
};

// ---- A page was drawn: name it, and bring the reader to the right place in it ----

// A choice was made: the reader stays where it was made, and hears what it did.
const stay = ({ key, top, open }) => {
  for (const id of open) {
    const fold = document.getElementById(id);
    if (fold instanceof HTMLDetailsElement) fold.open = true;
  }
  const count = document.querySelector("#root [data-kg-count]");
  const again = [...document.querySelectorAll("#root [data-kg-same]")].find((link) => link.dataset.kgSame === key);
  if (again) window.scrollBy(0, again.getBoundingClientRect().top - top);
  (again ?? count)?.focus({ preventScroll: again !== undefined });
  const told = !again || again.closest("[data-kg-counts]") ? count : again;
  said.textContent = again?.dataset.kgSaid ?? told?.textContent.trim() ?? document.title;
};

let wanted = null;
let [shown] = location.href.split("#");
const arrive = () => {
  const going = wanted;
  wanted = null;
  [shown] = location.href.split("#");
  frame();
  if (going.same) {
    stay(going.same);
    return;
  }
  if (going.place) toPlace(going.place);
  else if (!(going.hash && goTo(going.hash))) {
    window.scrollTo(0, 0);
    const title = heading();
    if (title) {
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
    }
  }
  said.textContent = document.title;
};
const here = () => location.pathname.split("/").pop();
const watch = new MutationObserver(() => {
  if (running() || !connected()) return;
  const done = drawn();
  if (done === undefined || done.kgDrawn !== here()) return;
  if (served?.isConnected) takeOver();
  else if (wanted !== null && done.kgRun !== wanted.after) arrive();
});
if (root) {
  watch.observe(root, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-test-script-state", "data-test-connection-state", "data-kg-run"],
  });
}

// ---- Links of ours change the page in place once there is a connection ----

const isOurs = (link) =>
  link.origin === location.origin &&
  !link.hasAttribute("download") &&
  (!link.target || link.target === "_self") &&
  link.pathname.startsWith(new URL(".", document.baseURI).pathname) &&
  pages.has(link.pathname.slice(new URL(".", document.baseURI).pathname.length));
const pages = new Set((document.currentScript?.dataset.pages ?? "").split(" ").concat([""]));

// The shortlist is the visitor's own.
const addressToShare = () => {
  const address = new URL(location.href);
  address.searchParams.delete("keep");
  return address.href;
};

// The server does not always know at which address it is read.
const withAddress = (from, text) =>
  from.dataset.address === undefined ? text : `${text}\n${new URL(from.dataset.address, document.baseURI).href}`;

document.addEventListener("click", (event) => {
  const mail = event.target.closest("a[href^='mailto:'][data-address]");
  if (mail) {
    mail.href += encodeURIComponent(withAddress(mail, "\n"));
    delete mail.dataset.address;
  }
  const copy = event.target.closest("[data-copy],[data-copy-address]");
  if (copy) {
    const text = copy.dataset.copy === undefined ? addressToShare() : withAddress(copy, copy.dataset.copy);
    navigator.clipboard
      .writeText(text)
      .then(() => (said.textContent = copy.dataset.done ?? "Copied"))
      .then(() => copy.classList.add("kg-done"))
      .catch(() => window.prompt("", text));
    return;
  }
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const there = link.pathname + link.search === location.pathname + location.search;
  if (there && link.hash) {
    event.preventDefault();
    keepPlace();
    history.pushState({}, "", link.href);
    goTo(link.hash);
    return;
  }
  if (!isOurs(link) || !connected() || served?.isConnected) return;
  event.preventDefault();
  keepPlace();
  // A choice made on a page leaves the reader where the choice stands.
  const key = link.pathname === location.pathname ? link.dataset.kgSame : undefined;
  const open = [...document.querySelectorAll("details[id][open]")].map((fold) => fold.id);
  const same = key === undefined ? undefined : { key, open, top: link.getBoundingClientRect().top };
  history.pushState({}, "", link.href);
  wanted = { hash: link.hash, same, after: drawn()?.kgRun };
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
});
window.addEventListener("popstate", (event) => {
  if (wanted !== null) return;
  wanted = { place: event.state?.kgPlace, hash: location.hash, after: drawn()?.kgRun };
  // Streamlit draws nothing anew where only the place on the page is another.
  if (location.href.split("#")[0] === shown) arrive();
});

// ---- Words to look for: kept by the tab, and never in the address ----

const SEARCHES = "kg-searches";
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-kg-find]");
  if (!form) return;
  event.preventDefault();
  const box = form.querySelector("input");
  const words = box.value.trim();
  if (!words) {
    box.focus();
    return;
  }
  const searches = JSON.parse(sessionStorage.getItem(SEARCHES) ?? "[]");
  sessionStorage.setItem(SEARCHES, JSON.stringify([...searches, words]));
  if (!connected() || served?.isConnected) {
    location.assign(form.action);
    return;
  }
  keepPlace();
  history.pushState({ kgSearch: searches.length }, "", form.action);
  wanted = { after: drawn()?.kgRun };
  window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
});

// ---- The menu of a narrow screen ----

const menu = document.querySelector(".kg-menu");
const nav = document.getElementById("kg-nav");
const turn = (open) => {
  menu.setAttribute("aria-expanded", String(open));
  nav.classList.toggle("kg-open", open);
};
menu?.addEventListener("click", () => turn(menu.getAttribute("aria-expanded") !== "true"));
nav?.addEventListener("click", (event) => event.target.closest("a") && turn(false));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menu?.getAttribute("aria-expanded") === "true") {
    turn(false);
    menu.focus();
  }
});
document.addEventListener("click", (event) => {
  if (!event.target.closest(".kg-bar")) turn(false);
});

// ---- A page that was left and is opened again ----

if (history.state?.kgPlace) toPlace(history.state.kgPlace);
else if (location.hash) goTo(location.hash);

let waited = 0;
const looking = setInterval(() => {
  if (connected() || !root) {
    if (note) note.hidden = true;
    clearInterval(looking);
  } else if (!document.hidden) {
    waited += EVERY;
    note.hidden = waited < PATIENCE;
  }
}, EVERY);
