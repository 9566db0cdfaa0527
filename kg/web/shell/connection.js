// Says so when no live connection to the server comes about: without one Streamlit shows an empty page.

const PATIENCE = 12_000;
const EVERY = 500;

const note = document.getElementById("kg-no-connection");
// The state is there as soon as the scripts of the page run, however long they took to come.
const state = () => document.querySelector("[data-test-connection-state]")?.dataset.testConnectionState;

let waited = 0;
const watch = setInterval(() => {
  const now = state();
  if (now === "CONNECTED") {
    note.hidden = true;
    clearInterval(watch);
  } else if (now !== undefined && !document.hidden) {
    waited += EVERY;
    note.hidden = waited < PATIENCE;
  }
}, EVERY);
