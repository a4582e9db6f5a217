// What differs from sport to sport. Pure.

// The sports whose scoreboards name the visitors first.
const AWAY_FIRST = new Set(['american football', 'baseball', 'basketball', 'football', 'hockey', 'ice hockey', 'lacrosse', 'softball']);
const LOWEST_LEADS = new Set(['golf']);
const IN_SETS = new Set(['badminton', 'beach volleyball', 'padel', 'pickleball', 'squash', 'table tennis', 'tennis', 'volleyball']);

// What sports call their periods, where a source gives a bare number. Other sports show the number as it is.
const PERIODS = new Map([['basketball', 'Q'], ['football', 'Q'], ['american football', 'Q'], ['hockey', 'P'], ['ice hockey', 'P'],
  ...[...IN_SETS].map(sport => /** @type {[string, string]} */ ([sport, 'Set ']))]);

const nameOf = category => category.toLowerCase().replaceAll(/[-_\s]+/g, ' ');

/** @param {string} category a `sport_category` */
export const isHomeFirst = category => !AWAY_FIRST.has(nameOf(category));

/** True where the side with fewer points leads. @param {string} category */
export const isLowestLeading = category => LOWEST_LEADS.has(nameOf(category));

/** True where a score is counted in sets. @param {string} category */
export const isInSets = category => IN_SETS.has(nameOf(category));

/** @param {string} category @param {string|null} period */
export const periodText = (category, period) => (/^\d+$/.test(period ?? '') ? `${PERIODS.get(nameOf(category)) ?? ''}${period}` : period);
