// The toolbar stays at the upper edge, in as many rows as it needs: what is scrolled to must not come to lie under it.

const PROPERTY = "--tools-height";

/** Tell the styles how high the toolbar is, now and whenever it wraps otherwise. */
export function followHeight(toolbar: HTMLElement): void {
  const tell = () => document.documentElement.style.setProperty(PROPERTY, `${Math.ceil(toolbar.getBoundingClientRect().height)}px`);
  tell();
  new ResizeObserver(tell).observe(toolbar);
}
