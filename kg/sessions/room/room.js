"use strict";
(() => {
  const MINUTE = 60000;
  const page = document.body;
  const begin = Number(page.dataset.begin);
  const offset = Number(page.dataset.offset);
  const by = (id) => document.getElementById(id);
  const blocks = [...document.querySelectorAll("article")].map((shown, place) => ({
    shown,
    place,
    name: shown.dataset.name,
    start: shown.dataset.start,
    end: shown.dataset.end,
    from: begin + Number(shown.dataset.after) * MINUTE,
    long: Number(shown.dataset.minutes) * MINUTE,
    steps: [...shown.querySelectorAll("li[data-from]")],
  }));
  const rows = [...document.querySelectorAll("#plan tr")];
  const last = blocks[blocks.length - 1];
  const end = last.from + last.long;

  // Where someone has moved on by hand: the block, and since when. It stands behind the # of the address.
  const byHand = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    const place = Number(given.get("block"));
    const since = Number(given.get("since")) * 1000;
    const known = given.has("block") && blocks[place] !== undefined && Math.abs(since - begin) < 864e5;
    return known ? { place, since } : null;
  };
  const move = (place, now) => {
    if (blocks[place] === undefined) return;
    history.replaceState(null, "", `#block=${place}&since=${Math.round(now / 1000)}`);
    draw();
  };
  const follow = () => {
    history.replaceState(null, "", "#");
    draw();
  };

  const two = (number) => String(number).padStart(2, "0");
  const clock = (moment) => {
    const there = new Date(moment + offset * MINUTE);
    return `${two(there.getUTCHours())}:${two(there.getUTCMinutes())}`;
  };
  const span = (long) => {
    const seconds = Math.floor(long / 1000);
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    return (hours ? `${hours}:${two(minutes)}` : String(minutes)) + `:${two(seconds % 60)}`;
  };
  const minutes = (long) => {
    const whole = Math.max(1, Math.floor(Math.abs(long) / MINUTE));
    return `${whole} minute${whole === 1 ? "" : "s"}`;
  };

  // What is on at a moment: the block, what is left of it, and how that stands to the plan.
  const state = (now) => {
    const moved = byHand();
    if (moved !== null) {
      const block = blocks[moved.place];
      const left = moved.since + block.long - now;
      const late = Math.max(moved.since - block.from, now - block.from - block.long);
      const would = clock(Math.max(moved.since + block.long, now) + (end - block.from - block.long));
      const pace =
        late >= MINUTE
          ? `${minutes(late)} behind the plan; as it goes, the end is at ${would}`
          : late <= -MINUTE
            ? `${minutes(late)} ahead of the plan; as it goes, the end is at ${would}`
            : "On time";
      return { block, left, gone: now - moved.since, pace, until: clock(moved.since + block.long) };
    }
    if (now < begin) {
      return { block: blocks[0], before: begin - now, gone: 0, pace: "", until: "" };
    }
    if (now >= end) return { block: last, ended: true, gone: last.long, pace: "", until: "" };
    const block = blocks.findLast((each) => each.from <= now);
    return { block, left: block.from + block.long - now, gone: now - block.from, pace: "By the clock", until: block.end };
  };

  const put = (id, text) => {
    const part = by(id);
    if (part.textContent !== text) part.textContent = text;
  };
  let announced = "";

  const draw = () => {
    const now = Date.now();
    const found = state(now);
    const { block } = found;
    const over = found.left !== undefined && found.left < 0;
    const next = blocks[block.place + 1];
    page.classList.toggle("over", over);
    put("wall", clock(now));
    put("name", found.ended ? "The session has ended" : block.name);
    put("when", found.ended ? "" : `${block.start}–${block.end}`);
    if (found.before !== undefined) {
      put("left", span(found.before));
      put("until", `until it begins at ${clock(begin)}`);
      put("next", `First: ${block.name}`);
    } else if (found.ended) {
      put("left", "0:00");
      put("until", `It ended at ${clock(end)}`);
      put("next", "");
    } else {
      put("left", span(Math.abs(over ? found.left : Math.ceil(found.left / 1000) * 1000)));
      put("until", over ? "over" : `left, until ${found.until}`);
      put("next", next === undefined ? `Then: the end, ${clock(end)} by the plan` : `Next: ${next.start} ${next.name}`);
    }
    put("pace", found.pace);
    by("bar").value = Math.min(1, Math.max(0, found.gone / block.long));
    for (const each of blocks) {
      each.shown.classList.toggle("current", each === block);
    }
    rows.forEach((row, place) => mark(row, place === block.place && !found.ended, "true"));
    for (const step of block.steps) {
      const from = Number(step.dataset.from) * MINUTE;
      const to = from + Number(step.dataset.minutes) * MINUTE;
      mark(step, found.before === undefined && !found.ended && from <= found.gone && found.gone < to, "step");
    }
    by("back").disabled = block.place === 0;
    by("on").disabled = next === undefined;
    by("follow").disabled = byHand() === null;
    const says = found.ended ? "The session has ended." : over ? `${block.name}: time is over.` : block.name;
    if (says !== announced) {
      announced = says;
      put("said", says);
    }
  };
  const mark = (part, is, how) => {
    if (is) part.setAttribute("aria-current", how);
    else part.removeAttribute("aria-current");
  };

  const step = (by) => {
    const now = Date.now();
    move(state(now).block.place + by, now);
  };
  const copy = async (button) => {
    const text = button.nextElementSibling;
    try {
      await navigator.clipboard.writeText(text.textContent);
      put("said", "Copied.");
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(text);
      put("said", "Marked: copy it with the keyboard.");
      button.textContent = "Marked: copy it";
    }
  };

  by("back").addEventListener("click", () => step(-1));
  by("on").addEventListener("click", () => step(1));
  by("follow").addEventListener("click", follow);
  if (document.fullscreenEnabled) {
    by("full").addEventListener("click", () =>
      document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
    );
  } else {
    by("full").hidden = true;
  }
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const way = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (way !== undefined) step(way);
    else if (event.key === "Home") follow();
    else return;
    event.preventDefault();
  });
  addEventListener("hashchange", draw);
  if (-new Date(begin).getTimezoneOffset() !== offset) {
    const zone = by("zone");
    const ahead = `${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
    zone.textContent = `Times are those of the meeting: UTC${offset < 0 ? "−" : "+"}${ahead}.`;
    zone.hidden = false;
  }
  document.querySelector("nav").hidden = false;
  page.classList.add("js");
  draw();
  setInterval(draw, 250);
})();
