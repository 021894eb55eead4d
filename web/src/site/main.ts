// Of every page: Ctrl+K or ⌘K goes to the search box. A single letter would take keys away from those who
// speak to their computer (WCAG 2.1.4).

const box = document.querySelector<HTMLInputElement>("form.site-search input[type=search]");

function asksForSearch(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
}

if (box) {
  box.setAttribute("aria-keyshortcuts", "Control+K Meta+K");
  document.addEventListener("keydown", (event) => {
    if (!event.defaultPrevented && asksForSearch(event)) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
}
