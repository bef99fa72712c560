// Derived areas: what a text builds from a place ("40 km north of Mosul").  They are estimates, so they are drawn
// apart from places: only round the selected one, dash-dotted, never as a mark of their own.
(function (gm) {
  'use strict';
  // As in geo.py.
  const KM_PER_DEGREE = 111.195;
  // Smaller than this a shape would hide under its place's circle.
  const RADIUS_MIN_PX = 7;

  gm.areasOf = (rows, texts) =>
    (rows || []).map(([text, mentions, lat, lon, km, box, isPart]) => ({
      text: texts[text] || '',
      mentions,
      lat,
      lon,
      km,
      box,
      isPart: isPart === 1,
    }));

  // The shapes of a place's areas: a part of a country within its outline, another area with sides as a box, else a
  // circle.  `pixel` is where a point is drawn.
  gm.areaShapes = function (page, place, pixel) {
    const country = place.kind === 'country' && !place.disputed && page.world && page.world.byCode.get(place.country);
    const inside = country && place.areas.some((area) => area.isPart) && gm.outlineText(page.map, page.world, country);
    return place.areas.map((area, i) => {
      if (!area.box) return gm.svg('g', { class: 'gm-derived' }, circle(area, pixel));
      const box = boxOf(area, pixel);
      if (!inside || !area.isPart) return gm.svg('g', { class: 'gm-derived' }, gm.svg('rect', { ...box, rx: 4 }));
      const id = page.root.id + '-area-' + i;
      return gm.svg(
        'g',
        { class: 'gm-derived' },
        gm.svg('clipPath', { id: id + '-box' }, gm.svg('rect', box)),
        gm.svg('clipPath', { id: id + '-land' }, gm.svg('path', { d: inside })),
        gm.svg('path', { d: inside, 'clip-path': 'url(#' + id + '-box)' }),
        gm.svg('rect', { ...box, class: 'gm-cut', 'clip-path': 'url(#' + id + '-land)' }),
      );
    });
  };

  function circle(area, pixel) {
    const middle = pixel(area),
      north = pixel({ lat: Math.min(85, area.lat + area.km / KM_PER_DEGREE), lon: area.lon });
    const r = Math.max(RADIUS_MIN_PX, Math.abs(middle.y - north.y));
    return gm.svg('circle', { cx: middle.x.toFixed(1), cy: middle.y.toFixed(1), r: r.toFixed(1) });
  }
  function boxOf(area, pixel) {
    const [west, south, east, north] = area.box,
      wide = east < west ? east + 360 : east;
    // From the middle, which is drawn at the copy of the world that is looked at.
    const middle = pixel({ lat: area.lat, lon: (west + wide) / 2 }),
      degree = Math.abs(pixel({ lat: 0, lon: 1 }).x - pixel({ lat: 0, lon: 0 }).x),
      half = Math.max(RADIUS_MIN_PX, ((wide - west) / 2) * degree);
    const top = pixel({ lat: Math.min(85, north), lon: area.lon }).y,
      bottom = pixel({ lat: Math.max(-85, south), lon: area.lon }).y;
    return {
      x: (middle.x - half).toFixed(1),
      y: top.toFixed(1),
      width: (2 * half).toFixed(1),
      height: Math.max(2 * RADIUS_MIN_PX, bottom - top).toFixed(1),
    };
  }

  // The sentence about an area, beside its quotation: a chip that flags it, and the words.
  gm.areaNote = (text) =>
    gm.el(
      'div',
      { class: 'gm-area-note', dir: 'auto' },
      gm.el('span', { class: 'gm-area-chip', text: 'derived area' }),
      ' ',
      gm.name(text),
    );

  function areasTold(place) {
    const told = gm.count(place.areasInAll, 'derived area');
    return place.areasInAll > place.areas.length ? gm.number(place.areas.length) + ' of ' + told : told;
  }
  // The areas of a place, in one line; each leads to where it is.
  gm.areaList = (page, place) =>
    place.areas.length
      ? gm.el(
          'p',
          { class: 'gm-areas' },
          gm.el('span', { class: 'gm-area-chip', text: areasTold(place) }),
          ' ',
          place.areas.map((area, i) => [
            i ? '; ' : '',
            gm.el(
              'button',
              { type: 'button', class: 'gm-text', on: { click: () => page.lookAt(area) } },
              gm.name(gm.clip(area.text, 80)),
            ),
            area.mentions > 1 ? ' \u00d7' + gm.number(area.mentions) : '',
          ]),
        )
      : null;

  gm.areaKey = () => gm.svg('g', { class: 'gm-derived' }, gm.svg('circle', { cx: 10, cy: 8, r: 6.5 }));
})(window.geomap);
