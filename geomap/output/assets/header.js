// The header: what was counted, as what, and what was left out and why.
(function (gm) {
  'use strict';
  // Places of datelines named in one line; a wire's articles come from dozens.
  const WRITTEN_MAX = 3;

  gm.buildHeader = function (page, root, panel) {
    const { atlas } = page,
      { data } = atlas;
    const sum = gm.el('p', { class: 'gm-sum', 'aria-live': 'polite' });
    const roles = gm.el('fieldset', { class: 'gm-roles' }, gm.el('legend', { text: 'Counted as' }));
    for (const role of data.roles) {
      const n = atlas.countOf(role);
      if (!n) continue;
      const box = gm.el('input', {
        type: 'checkbox',
        checked: atlas.counted.has(role),
        on: { change: () => page.switchRole(role, box.checked) },
      });
      roles.append(
        gm.el(
          'label',
          { class: 'gm-check', title: gm.ROLE_HELP[role] },
          box,
          gm.el('span', { text: role }),
          gm.el('span', { class: 'gm-n', text: gm.number(n) }),
        ),
      );
      box.dataset.role = role;
    }
    const notes = gm.el('div', { class: 'gm-notes' });
    const pop = (label, content) =>
      notes.append(
        gm.el(
          'details',
          { class: 'gm-pop' },
          gm.el('summary', { text: label }),
          gm.el('div', { class: 'gm-pop-body' }, content),
        ),
      );
    const left = data.left_out.reduce((total, row) => total + row[1], 0);
    if (left) pop('Left out: ' + gm.number(left), panel.leftOut());
    const unresolved = data.unresolved.reduce((total, row) => total + row[1], 0);
    if (unresolved)
      pop('No place found: ' + gm.number(unresolved), [
        gm.el('p', {
          text: 'Names that look like places but are in no gazetteer used here, or are too doubtful to draw:',
        }),
        panel.unresolved(),
      ]);
    if (data.warnings.length)
      pop(
        'Warnings: ' + gm.number(data.warnings.length),
        gm.el(
          'ul',
          {},
          data.warnings.map((text) => gm.el('li', {}, gm.name(text))),
        ),
      );
    const how = gm.button(
      'Counting',
      () => {
        const open = root.classList.toggle('gm-open');
        how.setAttribute('aria-expanded', String(open));
      },
      { class: 'gm-how', 'aria-expanded': 'false' },
    );
    roles.hidden = !roles.querySelector('input');
    how.hidden = roles.hidden && !notes.firstChild;
    root.append(gm.el('div', { class: 'gm-line' }, sum, how), gm.el('div', { class: 'gm-tools' }, roles, notes));
    // One note open at a time; a click elsewhere closes it.
    document.addEventListener('click', (event) => {
      for (const open of notes.querySelectorAll('details[open]')) if (!open.contains(event.target)) open.open = false;
    });
    return {
      refresh: () => fill(sum, page),
      closePops: () =>
        notes.querySelectorAll('details[open]').forEach((d) => {
          d.open = false;
        }),
    };
  };

  function fill(sum, page) {
    const { atlas } = page,
      n = atlas.documents.length;
    const counted = atlas.roles.filter((role) => atlas.counted.has(role));
    const as = counted.length
      ? 'counted: ' + counted.join(', ').replace(/, ([^,]*)$/, ' and $1')
      : 'nothing is switched on';
    const parts = [
      gm.el('b', { text: gm.count(atlas.mentions, 'mention') }),
      ' of ',
      gm.el('b', { text: gm.count(atlas.ranked.length, 'place') }),
      ' in ',
      gm.el('b', { text: gm.count(n, 'article') }),
      gm.el('span', { class: 'gm-as', text: '; ' + as }),
    ];
    const about = [true, false].map((wide) => atlas.data.focus.filter((row) => Boolean(row[2]) === wide));
    if (atlas.data.focus.length)
      parts.push(
        gm.el(
          'span',
          { class: 'gm-about' },
          ' \u00b7 mostly about ',
          list(page, about[0]),
          about[0].length && about[1].length ? '; ' : '',
          list(page, about[1]),
        ),
      );
    const filed = atlas.data.written_at,
      shown = filed.slice(0, WRITTEN_MAX);
    if (filed.length)
      parts.push(
        gm.el(
          'span',
          { class: 'gm-about' },
          ' \u00b7 written in ',
          list(page, shown, n > 1 ? (row) => ' (' + gm.number(row[2]) + ')' : null),
          filed.length > shown.length ? ' and ' + gm.number(filed.length - shown.length) + ' more' : '',
        ),
      );
    sum.replaceChildren(...parts);
  }

  // Names of places, each a button where the place is on the map.
  function list(page, rows, more) {
    return rows.map((row, i) => [
      i ? ', ' : '',
      row[0] < 0
        ? gm.name(row[1])
        : gm.el(
            'button',
            { type: 'button', class: 'gm-text', on: { click: () => page.select('place', row[0], true) } },
            gm.name(row[1]),
          ),
      more ? more(row) : '',
    ]);
  }
})(window.geomap);
