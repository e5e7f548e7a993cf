// SPDX-License-Identifier: Apache-2.0
// The search of every page: / goes to it, arrows choose, Enter opens, Esc leaves. Its
// index is loaded when it is first wanted, as a script, since a page that was opened
// from a file may load nothing else.
(() => {
  'use strict';
  const root = document.currentScript.dataset.root;
  const box = document.getElementById('search');
  const input = box.querySelector('input');
  const list = document.getElementById('results');
  const count = document.getElementById('count');
  const most = 30;
  let loading, entries, chosen = -1;

  const wide = window.matchMedia('(min-width: 64rem)');
  const menu = document.getElementById('menu');
  const fit = () => { menu.open = wide.matches; };
  wide.addEventListener('change', fit);
  fit();
  box.hidden = false;

  const load = () => loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = root + 'search-index.js';
    script.onload = () => {
      entries = window.searchIndex.map(([sort, name, url, words]) => (
        { sort, name, url, words, lowName: name.toLowerCase(), low: words.toLowerCase() }));
      resolve();
    };
    script.onerror = reject;
    document.head.append(script);
  });

  // rank is how well an entry fits what is asked for; 0 if it does not.
  const rank = (entry, words, whole) => {
    let sum = 0;
    for (const word of words) {
      const inName = entry.lowName.includes(word);
      if (!inName && !entry.low.includes(word) && !entry.sort.toLowerCase().includes(word)) return 0;
      sum += inName ? 10 : 1;
      if (entry.lowName.split(/[^a-z0-9]+/).includes(word)) sum += 5;
    }
    if (words.length > 1 && entry.low.includes(whole)) sum += 20;
    if (entry.lowName.startsWith(whole)) sum += 50;
    if (entry.lowName === whole) sum += 1000;
    if (['action', 'notification', 'MUST', 'SHOULD', 'MAY'].includes(entry.sort)) sum += 3;
    return sum;
  };

  // piece is the part of an entry's words around what was asked for: the whole of it, or
  // else its first word.
  const piece = (entry, words, whole) => {
    const all = entry.low.indexOf(whole);
    const at = (all >= 0 ? [all] : words.map((w) => entry.low.indexOf(w))).filter((i) => i >= 0);
    const from = Math.max(0, Math.min(...at, entry.words.length) - 40);
    const start = from > 0 && at.length ? entry.words.indexOf(' ', from) + 1 : 0;
    return (start > 0 ? '… ' : '') + entry.words.slice(start, start + 150) + (entry.words.length > start + 150 ? ' …' : '');
  };

  // marked puts text into an element, with what was asked for marked.
  const marked = (element, text, words) => {
    const pattern = new RegExp(`(${words.map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'i');
    text.split(pattern).forEach((part, i) => {
      if (i % 2 === 0) return element.append(part);
      const mark = document.createElement('mark');
      mark.textContent = part;
      element.append(mark);
    });
    return element;
  };

  const span = (name) => {
    const s = document.createElement('span');
    s.className = name;
    return s;
  };

  const choose = (i) => {
    const options = list.children;
    if (options[chosen]) options[chosen].setAttribute('aria-selected', 'false');
    chosen = options.length ? (i + options.length) % options.length : -1;
    if (chosen < 0) return input.removeAttribute('aria-activedescendant');
    options[chosen].setAttribute('aria-selected', 'true');
    options[chosen].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', options[chosen].id);
  };

  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    chosen = -1;
  };

  const open = (i) => {
    const option = list.children[i];
    if (!option) return;
    close();
    input.blur();
    window.location.href = root + option.dataset.url;
  };

  const asked = () => input.value.trim().toLowerCase().replaceAll(/\s+/g, ' ');

  const search = async () => {
    const whole = asked();
    if (!whole) { count.textContent = ''; list.replaceChildren(); return close(); }
    await load();
    if (whole !== asked()) return undefined; // more was typed
    const words = whole.split(' ');
    const all = entries.map((entry) => [rank(entry, words, whole), entry]).filter(([r]) => r > 0);
    all.sort(([a], [b]) => b - a);
    list.replaceChildren(...all.slice(0, most).map(([, entry], i) => {
      const option = document.createElement('li');
      option.id = `found-${i}`;
      option.role = 'option';
      option.dataset.url = entry.url;
      option.setAttribute('aria-selected', 'false');
      const sort = span(`sort ${entry.sort}`);
      sort.textContent = entry.sort;
      option.append(marked(span('name'), entry.name, words), ' ', sort, marked(span('words'), piece(entry, words, whole), words));
      option.addEventListener('click', () => open(i));
      return option;
    }));
    count.textContent = all.length > most ? `${all.length} found, the first ${most} shown` : `${all.length} found`;
    if (!all.length) {
      const none = document.createElement('li');
      none.role = 'option';
      none.id = 'found-none';
      none.setAttribute('aria-disabled', 'true');
      none.textContent = 'Nothing found.';
      list.append(none);
    }
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    chosen = -1;
    if (all.length) choose(0);
    return undefined;
  };

  input.addEventListener('focus', load, { once: true });
  input.addEventListener('input', search);
  input.addEventListener('focus', () => { if (list.children.length && input.value) search(); });
  input.addEventListener('blur', () => setTimeout(() => { if (document.activeElement !== input) close(); }, 200));
  input.addEventListener('keydown', (event) => {
    switch (event.key) {
      case 'ArrowDown': choose(chosen + 1); break;
      case 'ArrowUp': choose(chosen - 1); break;
      case 'Enter': open(chosen); break;
      case 'Escape':
        input.value = '';
        list.replaceChildren();
        close();
        input.blur();
        break;
      default: return;
    }
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName);
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();
