// What the headers of all pages share: which links only the server's own machine can follow, and which one leads to what is shown.

for (const link of document.querySelectorAll('body > header a[data-here]'))
  link.hidden = !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(location.hostname);

const parts = [...document.querySelectorAll('body > header .switch a[href^="?"]')];
(parts.find(link => link.search === location.search) ?? parts[0])?.setAttribute('aria-current', 'page');
