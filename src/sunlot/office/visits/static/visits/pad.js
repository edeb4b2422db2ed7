// The signature: a path of whole numbers in a box of 640 × 320 (docs/sync.md), written into the form's field `path`.
for (const form of document.querySelectorAll("form[data-pad]")) {
  const canvas = form.querySelector("canvas");
  const field = form.querySelector("[name=path]");
  const pen = canvas.getContext("2d");
  let down = false;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    const part = (from, length, most) => Math.min(most, Math.max(0, Math.round((from / length) * most)));
    return [part(event.clientX - box.left, box.width, canvas.width), part(event.clientY - box.top, box.height, canvas.height)];
  };
  canvas.addEventListener("pointerdown", (event) => {
    down = true;
    const [x, y] = at(event);
    field.value += `M${x} ${y}`;
    pen.lineWidth = 4;
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(x, y);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!down || field.value.length > 19000) return;
    const [x, y] = at(event);
    field.value += `L${x} ${y}`;
    pen.lineTo(x, y);
    pen.stroke();
  });
  canvas.addEventListener("pointerup", () => { down = false; });
  form.querySelector("[data-again]").addEventListener("click", () => { field.value = ""; pen.clearRect(0, 0, canvas.width, canvas.height); });
}
