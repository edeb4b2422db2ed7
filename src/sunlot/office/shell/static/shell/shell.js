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
if (document.getElementById("errors")) {
  history.replaceState(history.state, "", location.pathname + location.search); // whoever came by the skip link has #main here, which would take the focus
  document.getElementById("errors").focus();
}
{ // a long menu begins where the reader is
  const menu = document.getElementById("menu");
  const here = menu?.querySelector("[aria-current]");
  if (here && menu.scrollHeight > menu.clientHeight) menu.scrollTop = here.offsetTop - menu.offsetTop - menu.clientHeight / 2;
}
