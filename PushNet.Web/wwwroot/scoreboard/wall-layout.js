// How cards fill a screen. Pure.

// What a card needs, in its type's size: two names on two lines each, and a line for the last play.
const CARD = { width: 17.5, height: 11.5 };

// Type that can be read from across a room is at least this part of the screen's shorter side.
const LEAST = 1 / 42;

/**
 * Finds the largest type with which all cards fit on the screen; with more cards than that, the fewest pages.
 * @param {number} cards at least 1 @param {number} width of the screen in pixels @param {number} height
 * @returns {{ columns: number, rows: number, perPage: number, pages: number, size: number }} the size of the type in pixels
 */
export function layOut(cards, width, height) {
  const least = Math.min(width, height) * LEAST;
  const most = Math.floor(width / (CARD.width * least)) * Math.floor(height / (CARD.height * least)) || 1; // A window may have no area.
  const pages = Math.ceil(cards / most);
  const perPage = Math.ceil(cards / pages);
  const choices = Array.from({ length: perPage }, (_, i) => {
    const [columns, rows] = [i + 1, Math.ceil(perPage / (i + 1))];
    return { columns, rows, perPage, pages, size: Math.min(width / columns / CARD.width, height / rows / CARD.height) };
  });
  return choices.reduce((best, choice) => (choice.size > best.size ? choice : best));
}
