// Hands the words that this tab keeps for the open entry of its history to the page, and keeps new ones.

const SEARCHES = "kg-searches";
const kept = new WeakMap();

const held = () => JSON.parse(sessionStorage.getItem(SEARCHES) ?? "[]");
const here = () => new URL("find", document.baseURI).pathname === location.pathname;
// What the address asks comes first, then what this entry of the history asked, then what was asked last.
const words = () => {
  const searches = held();
  const linked = new URLSearchParams(location.search).get("words");
  return linked ?? searches[history.state?.kgSearch ?? searches.length - 1] ?? "";
};
const keep = (asked) => {
  const searches = held();
  const address = new URL(location.href);
  address.searchParams.delete("words");
  sessionStorage.setItem(SEARCHES, JSON.stringify([...searches, asked]));
  history.pushState({ kgSearch: searches.length }, "", address);
};
// So that this entry keeps its words when others are asked later.
const mark = () => {
  const last = held().length - 1;
  if (last >= 0 && history.state?.kgSearch === undefined && !new URLSearchParams(location.search).has("words"))
    history.replaceState({ ...history.state, kgSearch: last }, "");
};

export default ({ data, parentElement, setTriggerValue }) => {
  let tab = kept.get(parentElement);
  if (!tab) {
    tab = { times: data.times, hear: () => here() && tab.tell("asked", words()) };
    kept.set(parentElement, tab);
    tab.tell = setTriggerValue;
    window.addEventListener("popstate", tab.hear);
    if (here()) mark();
    tab.hear();
  }
  tab.tell = setTriggerValue;
  if (data.times !== tab.times) {
    tab.times = data.times;
    if (data.asked && data.asked !== words()) keep(data.asked);
  }
  return () => {
    window.removeEventListener("popstate", tab.hear);
    kept.delete(parentElement);
  };
};
