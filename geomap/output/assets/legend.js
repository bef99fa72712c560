// The legend: the scale that is really in use, and what ring, core, dash and arrow mean.
(function (gm) {
  'use strict';

  gm.buildLegend = function (open) {
    const body = gm.el('div', { class: 'gm-legend-body' });
    const notes = gm.el('span', { class: 'gm-legend-notes' });
    return {
      box: gm.el('details', { class: 'gm-legend', open }, gm.el('summary', {}, 'Legend', notes), body),
      body,
      notes,
    };
  };

  gm.fillLegend = function ({ box, body, notes }, { atlas, radius, widths, arrows, hidden, homeless }) {
    const rows = [];
    if (atlas.most) rows.push(scale(atlas, radius), marks(atlas));
    if (arrows.length) rows.push(arrowRows(atlas, widths, arrows));
    const words = [];
    if (hidden)
      words.push(
        gm.count(hidden, 'thinner arrow is', 'thinner arrows are') + ' not drawn; select a place or an actor.',
      );
    if (homeless.length) {
      words.push(
        gm.count(homeless.length, 'link is', 'links are') + ' listed but not drawn: the actor has no known home.',
      );
    }
    notes.textContent = words.join(' ');
    body.replaceChildren(...rows);
    box.hidden = !rows.length && !words.length;
  };

  // Nested circles with round numbers, from the largest count down to one.
  function scale(atlas, radius) {
    const most = atlas.most,
      values = [...new Set([most, roundNumber(most / 4), 1])].filter((n) => n >= 1 && n <= most);
    const largest = radius(most),
      height = Math.max(2 * largest + 14, 14 * values.length + 8),
      x = largest + 1,
      base = height - 3;
    const svg = gm.svg('svg', { class: 'gm-scale', width: 2 * largest + 78, height, 'aria-hidden': 'true' });
    let last = Infinity;
    values.sort((a, b) => b - a);
    values.forEach((n, i) => {
      const r = radius(n),
        top = base - 2 * r;
      const y = i === 0 ? Math.max(top, 8) : Math.max(top, last + 13);
      last = y;
      svg.append(
        gm.svg('circle', { class: 'gm-ring', cx: x, cy: base - r, r }),
        gm.svg('path', { class: 'gm-lead', d: 'M' + x + ' ' + top + 'L' + (2 * largest + 8) + ' ' + y }),
        gm.svg('text', { x: 2 * largest + 11, y: y + 4, text: i === 0 ? gm.count(n, 'mention') : gm.number(n) }),
      );
    });
    return svg;
  }
  function roundNumber(n) {
    const power = 10 ** Math.floor(Math.log10(Math.max(1, n)));
    return [1, 2, 5, 10].map((k) => k * power).reduce((best, k) => (Math.abs(k - n) < Math.abs(best - n) ? k : best));
  }

  function marks(atlas) {
    const list = gm.el('ul', { class: 'gm-keys' }),
      any = (test) => atlas.ranked.some(test);
    const key = (draw, label) =>
      list.append(gm.el('li', {}, gm.svg('svg', { width: 20, height: 16, 'aria-hidden': 'true' }, draw), label));
    const disc = (classes, withCore) =>
      gm.svg(
        'g',
        { class: 'gm-place ' + classes },
        gm.svg('circle', { class: 'gm-ring', cx: 10, cy: 8, r: 6.5 }),
        withCore ? gm.svg('circle', { class: 'gm-core', cx: 10, cy: 8, r: withCore }) : null,
      );
    if (any((p) => !p.isArea)) key(disc('spot full'), 'spot: town or site');
    const seats = atlas.ranked.filter((p) => p.pale),
      pale = seats.reduce((sum, p) => sum + p.pale, 0);
    if (pale)
      key(
        disc('spot', 4),
        'pale: seat of government (' + gm.number(pale) + ' in ' + gm.count(seats.length, 'seat') + ')',
      );
    if (any((p) => p.isArea)) key(disc('area'), 'area: no exact spot');
    if (any((p) => p.kind === 'country' && !p.disputed)) {
      key(gm.svg('rect', { class: 'gm-swatch', x: 1, y: 2, width: 18, height: 12 }), 'country; darker: more');
    }
    if (any((p) => p.sure && p.sure < gm.SURE_ENOUGH)) key(disc('area unsure'), 'under ' + gm.SURE_ENOUGH + ' % sure');
    if (any((p) => p.disputed)) key(disc('area disputed'), 'disputed');
    if (any((p) => p.areas.length)) key(gm.areaKey(), 'derived area, of the place selected');
    return list;
  }

  const MANNERS = [
    ['fact', 'from actor\u2019s home, as a fact'],
    ['maybe', 'planned, possible, asked for'],
    ['denied', 'denied'],
    ['beside', 'only named side by side'],
  ];
  function arrowRows(atlas, widths, arrows) {
    const list = gm.el('ul', { class: 'gm-keys gm-arrows' });
    const row = (manner, width, label) => {
      const tip = 46,
        back = tip - Math.max(9, width * 2.4),
        half = Math.max(4.5, width * 1.25);
      list.append(
        gm.el(
          'li',
          {},
          gm.svg(
            'svg',
            { width: 48, height: 16, 'aria-hidden': 'true', class: 'gm-flow ' + manner },
            gm.svg('path', {
              class: 'gm-shaft',
              d: gm.pathOf([
                { x: 1, y: 8 },
                { x: manner === 'beside' ? tip : back, y: 8 },
              ]),
              'stroke-width': width,
              'stroke-dasharray': manner === 'maybe' ? '7 4' : manner === 'beside' ? '1.5 4' : null,
            }),
            manner === 'beside'
              ? null
              : gm.svg('path', {
                  class: 'gm-head',
                  d:
                    gm.pathOf([
                      { x: back, y: 8 - half },
                      { x: tip, y: 8 },
                      { x: back, y: 8 + half },
                    ]) + 'Z',
                }),
            manner === 'denied' ? gm.svg('line', { class: 'gm-cross', x1: 14, y1: 2, x2: 22, y2: 14 }) : null,
          ),
          label,
        ),
      );
    };
    const unit = atlas.byDocument ? 'document' : 'sentence';
    for (const [i, [manner, label]] of MANNERS.entries()) {
      const found = arrows.filter((flow) => flow.manner === manner);
      if (!found.length) continue;
      const most = Math.max(...found.map((flow) => flow.weight));
      row(manner, Math.min(6, widths.of(most)), label + (i === 0 && most > 1 ? '; thickest: ' + gm.number(most) : ''));
    }
    return list;
  }
})(window.geomap);
