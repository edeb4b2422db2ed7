// The phone of somebody present: come in, seal a number before the notice, say it afterwards, sign.
// The number never leaves the phone before it is said; only its SHA-256 does.
import { hex } from "/static/verifier/sha256.js";

const body = document.body;
const token = body.dataset.token;
const csrf = body.dataset.csrf;
const part = (id) => document.getElementById(id);
const say = (text, bad = false) => { part("said").textContent = text; part("said").className = bad ? "message error" : "message"; };

const store = {
  get() { try { return JSON.parse(localStorage.getItem("sunlot-" + token)) || {}; } catch { return this.kept || {}; } },
  set(value) { this.kept = value; try { localStorage.setItem("sunlot-" + token, JSON.stringify(value)); } catch { /* private mode: kept until the page closes */ } },
};
let me = store.get();
let known = null;

async function send(act, fields) {
  const answer = await fetch(`${act}/`, { method: "POST", headers: { "X-CSRFToken": csrf }, body: new URLSearchParams(fields) });
  const told = await answer.json().catch(() => ({ sentence: body.dataset.lost }));
  if (!answer.ok) throw new Error(told.sentence || body.dataset.lost);
  return told;
}

const remember = (more) => { me = { ...me, ...more }; store.set(me); show(); };
const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function attempt(event, deed) {
  event.preventDefault();
  const button = event.submitter;
  if (button) button.disabled = true;
  try { await deed(); } catch (error) { say(error.message, true); } finally { if (button) button.disabled = false; }
}

part("join").addEventListener("submit", (event) => attempt(event, async () => {
  const told = await send("join", { name: part("name").value });
  remember({ code: told.code, key: told.key, name: part("name").value });
  say(body.dataset.joined);
}));

part("seal").addEventListener("submit", (event) => attempt(event, async () => {
  const { stage, draw } = known.sealing;
  const value = part("own").value.trim() || fresh();
  if (!/^[0-9A-Za-z]{1,64}$/.test(value) || value === "absent") throw new Error(body.dataset.letters);
  remember({ value, stage, draw }); // first keep the number, then give its commitment away
  await send("seal", { code: me.code, key: me.key, commit: hex(`sunlot/1|reveal|${draw}|${stage}|${me.code}|${value}`) });
  remember({ sealed: true, at: Date.now() });
  say(body.dataset.sealed);
}));

part("reveal").addEventListener("submit", (event) => attempt(event, async () => {
  await send("reveal", { code: me.code, value: me.value });
  remember({ revealed: true });
  say(body.dataset.revealed);
}));

part("sign").addEventListener("submit", (event) => attempt(event, async () => {
  await send("sign", { code: me.code, key: me.key, path });
  remember({ signed: true });
  say(body.dataset.signed);
}));

// the signature: a path of whole numbers in a box of 600 × 240
const canvas = part("pad");
const pen = canvas.getContext("2d");
let path = "";
let down = false;
const at = (event) => {
  const box = canvas.getBoundingClientRect();
  return [Math.max(0, Math.round(((event.clientX - box.left) / box.width) * 600)), Math.max(0, Math.round(((event.clientY - box.top) / box.height) * 240))];
};
canvas.addEventListener("pointerdown", (event) => { down = true; const [x, y] = at(event); path += `M${x} ${y}`; pen.lineWidth = 4; pen.lineCap = "round"; pen.beginPath(); pen.moveTo(x, y); canvas.setPointerCapture(event.pointerId); });
canvas.addEventListener("pointermove", (event) => { if (!down || path.length > 19000) return; const [x, y] = at(event); path += `L${x} ${y}`; pen.lineTo(x, y); pen.stroke(); });
canvas.addEventListener("pointerup", () => { down = false; });
part("again").addEventListener("click", () => { path = ""; pen.clearRect(0, 0, 600, 240); });

function show() {
  const phase = known?.phase ?? "waiting";
  const mine = known?.people.find((one) => one.code === me.code);
  if (mine && me.sealed && !mine.sealed && known.asked > me.at) remember({ sealed: false, revealed: false }); // the office cleared the envelopes
  const open = (id, yes) => { part(id).hidden = !yes; };
  open("join", !me.code);
  open("me", !!me.code);
  open("seal", !!me.code && !me.sealed && !!known?.sealing);
  open("kept", !!me.sealed);
  open("keep", !me.revealed);
  open("reveal", !!me.sealed && !me.revealed && phase === "announced" && known?.draw === me.draw && known?.stage === me.stage);
  open("sign", !!me.code && phase === "drawn" && !me.signed);
  part("code").textContent = me.code ? `${me.name} · ${me.code}` : "";
  part("number").textContent = me.value || "";
  part("phase").textContent = body.dataset["phase" + phase[0].toUpperCase() + phase.slice(1)] ?? "";
  part("check").textContent = known?.code ?? "";
  open("fixed", !!known?.code);
}

async function ask() {
  const asked = Date.now(); // what was asked before a seal knows nothing of it
  try {
    const answer = await fetch("state.json", { headers: { Accept: "application/json" } });
    if (answer.ok) { known = { ...(await answer.json()), asked }; show(); }
  } catch { /* the next second tries again */ }
}

show();
await ask();
setInterval(ask, 1500);
