// What the views share for making and changing elements.

/**
 * Makes an element.
 * @param {string} tag @param {Record<string, string>} [attributes] @param {...(Node|string)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Sets a text unless it is the same already. @returns {boolean} whether it changed */
export function setText(node, text) {
  if (node.textContent === text) return false;
  node.textContent = text;
  return true;
}

/** Puts children in an order, and moves only those that are elsewhere, so that focus and animations survive. */
export function arrange(parent, children) {
  children.forEach((child, i) => {
    if (parent.children[i] !== child) parent.insertBefore(child, parent.children[i] ?? null);
  });
  while (parent.children.length > children.length) parent.lastElementChild.remove();
}

// Nobody can follow more at once, and painting them would take longer than everything else together.
const MOST_FLASHES = 20;
const FLASH_MS = 1_600;
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
/** @type {Map<Element, Animation>} */ const flashes = new Map();

/** Lights up an element for a moment, unless too many are lit already. @param {Element} node @param {'change'|'up'|'down'} kind */
export function flash(node, kind) {
  if (reducedMotion.matches || (flashes.size >= MOST_FLASHES && !flashes.has(node))) return;
  flashes.get(node)?.cancel();
  const running = node.animate([{ backgroundColor: `var(--flash-${kind})`, offset: 0 }], { duration: FLASH_MS, easing: 'ease-in' });
  flashes.set(node, running);
  running.onfinish = () => flashes.delete(node);
}

/** Runs a function once before the next frame is painted, however often it is asked to. @param {() => void} draw */
export function oncePerFrame(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}
