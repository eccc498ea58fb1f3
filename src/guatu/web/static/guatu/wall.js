"use strict";
// So long a page stands, and so often the figures are asked for anew; in milliseconds.
const TURN = 15000, RENEW = 60000;
let at = 0;

function pages() { return [...document.querySelectorAll(".wall-page")]; }

function show(wanted) {
  const all = pages();
  at = all.length ? wanted % all.length : 0;
  all.forEach((page, i) => { page.hidden = i !== at; });
}

// Where the network or the server is gone the old figures stay, and the head says since when.
async function renew() {
  const board = document.getElementById("wall");
  try {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" }, signal: AbortSignal.timeout(20000) });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("wall");
    if (!answer.ok || !fresh) throw new Error(String(answer.status));
    board.replaceWith(fresh);
    show(at);
  } catch {
    document.getElementById("wall-stale").textContent = board.dataset.stale.replace("{at}", board.dataset.at);
  }
}

document.addEventListener("keydown", event => {
  if (event.key === "ArrowRight") show(at + 1);
  if (event.key === "ArrowLeft") show(at + pages().length - 1);
});
setInterval(() => show(at + 1), TURN);
setInterval(renew, RENEW);
addEventListener("online", renew);
addEventListener("offline", renew);
