// Small comforts; every page works without them.
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-all]")) return;
  for (const box of event.target.closest("form").querySelectorAll("input[name=pk]")) box.checked = event.target.checked;
});
document.addEventListener("click", (event) => {
  const asked = event.target.closest("[data-confirm]");
  if (asked && !confirm(asked.dataset.confirm)) event.preventDefault();
});
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button || event.target.target) return;
  setTimeout(() => { button.disabled = true; button.setAttribute("aria-busy", "true"); }, 0); // once is enough
});
addEventListener("pageshow", () => document.querySelectorAll("[aria-busy]").forEach((button) => { button.disabled = false; button.removeAttribute("aria-busy"); }));
document.getElementById("errors")?.focus();
