// Of every page. The link to the other language leads to what is shown: islands write what is chosen into the address,
// which the server, when it wrote the link, did not know. Ctrl+K or ⌘K goes to the search box. A single letter would take keys away from those who
// speak to their computer (WCAG 2.1.4).

const box = document.querySelector<HTMLInputElement>("form.site-search input[type=search]");

function asksForSearch(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
}

const other = document.querySelector<HTMLAnchorElement>(".languages a");

function leadToWhatIsShown(link: HTMLAnchorElement): void {
  const address = new URL(link.href);
  address.search = location.search;
  address.hash = location.hash;
  link.href = address.href;
}

if (other) for (const event of ["pointerdown", "focus", "click"]) other.addEventListener(event, () => leadToWhatIsShown(other));

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
