// Prices come as American odds; this shows and compares them. Pure.

/** What a stake of 1 pays back. @param {number} american */
export const decimalOf = american => (american >= 0 ? 1 + american / 100 : 1 - 100 / american);

/** @param {number} american @param {'american'|'decimal'} format */
export function priceText(american, format) {
  if (format === 'decimal') return decimalOf(american).toFixed(2);
  return american > 0 ? `+${Math.round(american)}` : `${Math.round(american)}`.replace('-', '−');
}

/** @param {number} points */
export const pointsText = (points, signed) => (points < 0 ? `−${-points}` : signed && points > 0 ? `+${points}` : `${points}`);
