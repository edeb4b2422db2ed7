// The big screen: asks for the state every second, counts down in between, shows the result line by line.
const words = document.body.dataset;
const part = (id) => document.getElementById(id);
let state = null;
let ahead = 0; // the office's clock minus this machine's, in milliseconds
let shown = 0;

async function ask() {
  try {
    const answer = await fetch(words.state, { headers: { Accept: "application/json" }, redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    state = await answer.json();
    ahead = Date.parse(state.now) - Date.now();
    part("lost").hidden = true;
    show();
  } catch {
    part("lost").textContent = words.lost;
    part("lost").hidden = false;
  }
}

function line(text, kind) {
  const li = document.createElement("li");
  li.textContent = text;
  if (kind) li.className = kind;
  return li;
}

function show() {
  for (const id of ["waiting", "announced", "seeded", "drawn", "void"]) part(id).hidden = state.phase !== id && !(id === "seeded" && state.phase === "drawn");
  part("draw").textContent = [state.draw, words[state.stage]].filter(Boolean).join("　");
  part("people").replaceChildren(...state.people.map((one) => line(`${one.name} ${one.code} ${one.sealed ? words.sealed : words.joined}`, one.sealed ? "done" : "")));
  if (state.code && part("code").textContent !== state.code) {
    part("code").textContent = state.code;
    part("picture").src = state.code_picture;
  }
  part("anchor").textContent = words[state.anchor];
  part("sources").replaceChildren(...(state.sources ?? []).map((one) => line(`${one.title}：${words[one.state]}`, one.state === "ready" ? "done" : one.state === "differs" ? "wait" : "")));
  part("reveals").replaceChildren(...state.people.filter((one) => one.sealed).map((one) => line(`${one.code} ${one.value || "…"}`, one.value ? "done" : "")));
  part("late").hidden = !state.joining;
  part("full").hidden = state.joining;
  part("present").textContent = words.present.replace("{n}", state.people.length);
  part("seed").textContent = state.seed ?? "";
  part("grade").textContent = state.grade ?? "";
  part("reason").textContent = state.reason ?? "";
  if (state.phase === "drawn") result();
  else shown = 0;
}

function result() {
  part("count").textContent = words.count.replace("{n}", state.count);
  part("secret").textContent = state.secret;
  if (!shown) part("entries").replaceChildren();
  signatures();
}

// one line each 350 ms, more at a time where that would take longer than about a minute
function reveal() {
  if (state?.phase !== "drawn") return;
  for (let n = Math.ceil(state.entries.length / 170); n && shown < state.entries.length; n--) one_more();
}

function one_more() {
  const one = state.entries[shown++];
  const li = line(one.name);
  const more = document.createElement("small");
  more.textContent = [one.id, one.town, one.team].filter(Boolean).join(" ");
  li.append(more);
  part("entries").append(li);
  li.scrollIntoView({ block: "nearest" });
}

function signatures() {
  const signed = state.people.filter((one) => one.signed);
  if (part("signatures").childElementCount === signed.length) return;
  part("signatures").replaceChildren(...signed.map((one) => {
    const li = line(one.name);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 600 240");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    for (const [name, value] of Object.entries({ d: one.signed, fill: "none", stroke: "#1d2733", "stroke-width": "5", "stroke-linecap": "round" })) path.setAttribute(name, value);
    svg.append(path);
    li.prepend(svg);
    return li;
  }));
}

function tick() {
  const at = state?.phase === "announced" && (state.next_at || "");
  if (!at) { part("countdown").textContent = ""; return; }
  const left = Math.max(0, Math.round((Date.parse(at) - Date.now() - ahead) / 1000));
  const [h, m, s] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
  const small = document.createElement("small");
  small.textContent = at === state.last_at ? words.left : words.next;
  part("countdown").replaceChildren(`${h ? h + ":" : ""}${String(m).padStart(2, "0")}:${String(s).padStart(2, "0")}`, small);
}

ask();
setInterval(ask, 1000);
setInterval(tick, 250);
setInterval(reveal, 350);
