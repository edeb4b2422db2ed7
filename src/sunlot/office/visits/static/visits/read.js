// A record is signed only once its end was seen: until then the buttons behind it rest; then the boxes that say so are ticked.
const end = document.querySelector("[data-record-end]");
const boxes = [...document.querySelectorAll("[data-read]")];
const buttons = boxes.map((box) => box.form.querySelector(".buttons button"));
if (end && boxes.some((box) => !box.checked)) {
  for (const button of buttons) button.disabled = true;
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    for (const box of boxes) box.checked = true;
    for (const button of buttons) button.disabled = false;
  }, { rootMargin: "1000000px 0px 0px 0px" }); // whoever jumps past the end has come to it too
  seen.observe(end);
}
