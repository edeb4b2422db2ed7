// Small comforts; every page works without them.
document.addEventListener("change", (event) => {
  const { target } = event;
  const form = target.closest("form[data-bulk]");
  if (!form) return;
  const every = form.elements.all;
  if (target === every || target.matches("[data-all]")) for (const box of form.querySelectorAll("input[name=pk], [data-all]")) box.checked = target.checked;
  if (every && target !== every && !target.checked) every.checked = false; // who takes one out does not mean all
});
document.addEventListener("click", (event) => {
  const asked = event.target.closest("[data-confirm]");
  if (asked?.form?.elements.all?.checked) return; // a page of its own asks
  if (asked && !confirm(asked.dataset.confirm)) event.preventDefault();
});
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button || event.target.target) return;
  setTimeout(() => { button.disabled = true; button.setAttribute("aria-busy", "true"); }, 0); // once is enough
});
addEventListener("pageshow", () => document.querySelectorAll("[aria-busy]").forEach((button) => { button.disabled = false; button.removeAttribute("aria-busy"); }));
document.getElementById("errors")?.focus();
