// The keys of a presenter: arrows, page keys and space move by one tile. Without this script anchors and scrolling do.
(() => {
  const screens = [...document.querySelectorAll("[data-presentation] .screen")];
  const current = () => screens.reduce((best, screen, index) =>
    Math.abs(screen.getBoundingClientRect().top) < Math.abs(screens[best].getBoundingClientRect().top) ? index : best, 0);
  const show = (index) => {
    const screen = screens[Math.min(Math.max(index, 0), screens.length - 1)];
    screen.scrollIntoView();
    screen.focus({ preventScroll: true });
    history.replaceState(null, "", `#${screen.id}`);
  };
  const moves = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target.closest("a, button")) return;
    if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      show(event.key === "Home" ? 0 : screens.length - 1);
    } else if (event.key in moves) {
      event.preventDefault();
      show(current() + moves[event.key]);
    }
  });
})();
