// A public computer forgets whoever walks away. Without this, the pages lead on by themselves.
const bar = document.getElementById("kiosk-bar");
const warning = document.getElementById("kiosk-warning");

// A page that the browser kept for its back button is asked for anew.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

if (bar && warning) {
  const warnAfter = Number(bar.dataset.warnSeconds) * 1000;
  const wipeAfter = Number(bar.dataset.wipeSeconds) * 1000;
  let used = Date.now();
  let told = used;

  const tell = () => {
    told = Date.now();
    const token = bar.querySelector("[name=csrfmiddlewaretoken]").value;
    fetch(bar.dataset.moreUrl, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => {});
  };
  const stay = () => {
    used = Date.now();
    if (warning.open) warning.close();
    // The server counts too, and would forget somebody who types for long on one page.
    if (used - told > warnAfter / 4) tell();
  };
  for (const kind of ["keydown", "pointerdown", "input", "scroll"]) {
    window.addEventListener(kind, () => warning.open || stay(), { capture: true, passive: true });
  }
  document.getElementById("kiosk-more").addEventListener("click", stay);
  warning.addEventListener("cancel", stay);

  const watch = window.setInterval(() => {
    const idle = Date.now() - used;
    if (idle >= wipeAfter) {
      window.clearInterval(watch);
      document.body.hidden = true;
      window.location.replace(bar.dataset.clearedUrl);
    } else if (idle >= warnAfter && !warning.open) {
      warning.showModal();
    }
  }, 1000);
}
