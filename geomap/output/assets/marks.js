// The drawing over the base map: circles, arrows, names and chips, laid out anew whenever the map rests.
(function (gm) {
  'use strict';
  const RADIUS_MIN_PX = 3.5,
    RADIUS_MAX_PX = 32,
    RADIUS_MAX_PHONE_PX = 23,
    RADIUS_UNIT_MAX_PX = 8;
  // All circles together: about 3 % of a map on a desk and on a phone, so that many mentions do not become one blot.
  const CIRCLES_AREA_PX2 = 16000,
    CIRCLES_AREA_PHONE_PX2 = 4800;
  // More arrows than this are wool; the rest are listed, and appear when one of their ends is selected.
  gm.arrowsMax = (phone) => (phone ? 10 : 40);
  // Arrows keep off the largest circles; among hundreds of dots there is no way round.
  const CIRCLES_AVOIDED = 120;
  // Below this a place's outline is dashed.
  gm.SURE_ENOUGH = 80;
  // The least area (square degrees) of a country that is named at zoom 0, 1, 2 ...
  const NAMED_FROM = [600, 400, 130, 40, 10, 2.5, 0.6, 0.1, 0];
  // Arrows that carry their actor's name when nothing is selected.
  const ARROWS_NAMED = 8;
  const LABEL_FONT = '600 12.5px ',
    COUNTRY_FONT = '11px ',
    ARROW_FONT = 'italic 11.5px ';

  // Area is proportional to the count: radius = unit * sqrt(count).
  gm.radiusScale = function ({ most, mentions }, phone) {
    const largest = phone ? RADIUS_MAX_PHONE_PX : RADIUS_MAX_PX;
    const area = (phone ? CIRCLES_AREA_PHONE_PX2 : CIRCLES_AREA_PX2) / Math.max(1, mentions);
    const unit = Math.min(
      RADIUS_UNIT_MAX_PX,
      largest / Math.sqrt(Math.max(1, most)),
      Math.max(RADIUS_MIN_PX, Math.sqrt(area / Math.PI)),
    );
    return (count) => Math.max(RADIUS_MIN_PX, unit * Math.sqrt(count));
  };

  gm.MarkLayer = L.Renderer.extend({
    initialize(page) {
      L.Renderer.prototype.initialize.call(this, { pane: 'marks', padding: 0.2 });
      this.page = page;
    },
    _initContainer() {
      this._container = gm.svg('svg', { class: 'gm-marks', role: 'img' });
      this._container.addEventListener('click', (event) => this._click(event));
      this._container.addEventListener('pointerover', (event) => this._tip(event));
    },
    _updatePaths() {},
    _destroyContainer() {
      this._container.remove();
      delete this._container;
    },
    _update() {
      if (this.page.quiet || (this._map._animatingZoom && this._bounds)) return;
      L.Renderer.prototype._update.call(this);
      const bounds = this._bounds,
        size = bounds.getSize(),
        svg = this._container;
      const corner = bounds.min.subtract(this._map.containerPointToLayerPoint([0, 0]));
      svg.setAttribute('width', size.x);
      svg.setAttribute('height', size.y);
      svg.setAttribute('viewBox', [corner.x, corner.y, size.x, size.y].join(' '));
      L.DomUtil.setPosition(svg, bounds.min);
      this.draw();
    },
    // The tip of a mark is made when the pointer comes: thousands of them would be slow and mostly unread.
    _tip(event) {
      const hit = event.target.closest('[data-place],[data-flow]');
      if (!hit || hit.firstChild.nodeName === 'title') return;
      const flow = hit.dataset.flow && this.flows.find((f) => f.key === hit.dataset.flow);
      const text = flow ? this.page.tipOfFlow(flow) : this.page.tip(this.page.atlas.places[hit.dataset.place]);
      hit.prepend(gm.svg('title', { text }));
    },
    _click(event) {
      const hit = event.target.closest('[data-place],[data-flow]');
      if (!hit) return;
      L.DomEvent.stop(event);
      if (hit.dataset.place) this.page.select('place', Number(hit.dataset.place));
      else this.page.select('flow', hit.dataset.flow);
    },
    // The mentioned place nearest to a point, if a finger could have meant it.
    nearest(point, reach) {
      let best = null;
      for (const spot of this.spots || []) {
        const d = Math.hypot(spot.x - point.x, spot.y - point.y);
        if (d < spot.r + reach && (!best || d < best.d)) best = { d, place: spot.place };
      }
      return best && best.place;
    },

    draw() {
      const map = this._map,
        { atlas, world } = this.page,
        size = map.getSize();
      if (!size.x || !size.y) return;
      const family = getComputedStyle(map.getContainer()).fontFamily;
      const font = LABEL_FONT + family,
        centre = map.getCenter().lng;
      const pixel = (end) => map.latLngToContainerPoint([end.lat, gm.near(end.lon, centre)]);
      // What lies under the zoom buttons is as good as beyond the edge: it gets a chip.
      const buttons = this.page.boxesOf('.leaflet-control-zoom, .gm-home');
      const inside = (p) =>
        p.x >= 0 && p.y >= 0 && p.x <= size.x && p.y <= size.y && !buttons.some((b) => gm.holds(b, p));
      const radius = this.page.radius(),
        lit = atlas.litPlaces();

      const { flows, homeless } = gm.groupLinks(atlas, world);
      const litFlows = flows.filter((flow) => flow.links.some((link) => atlas.linkLit(link)));
      const most = gm.arrowsMax(this.page.phone);
      const drawn = (
        atlas.selection ? [...litFlows, ...flows.filter((f) => !litFlows.includes(f)).slice(0, most - 10)] : flows
      ).slice(0, Math.max(most, Math.min(litFlows.length, 3 * most) * Boolean(atlas.selection)));
      const widths = gm.flowWidths(flows, this.page.phone);
      const joined = new Set(drawn.flatMap((flow) => [flow.to, flow.from.place]));

      // Every place that is counted, and the ends of arrows that are not.
      const spots = [];
      for (const place of atlas.places) {
        if (!place.count && !joined.has(place) && !(lit && lit.has(place))) continue;
        const p = pixel(this.page.anchor(place));
        spots.push({
          place,
          owner: 'p' + place.index,
          x: p.x,
          y: p.y,
          r: place.count ? radius(place.count) : RADIUS_MIN_PX,
          on: inside(p),
        });
      }
      spots.sort((a, b) => b.r - a.r || a.place.index - b.place.index);
      for (const flow of drawn) {
        if (flow.from.place || spots.some((spot) => spot.owner === flow.from.key)) continue;
        const p = pixel(flow.from);
        spots.push({
          place: null,
          name: flow.from.name,
          owner: flow.from.key,
          x: p.x,
          y: p.y,
          r: 3,
          on: inside(p),
          lit: litFlows.includes(flow),
        });
      }
      const spotOf = new Map(spots.map((spot) => [spot.owner, spot]));

      const room = new gm.Room(size);
      room.solid.push(...this.page.obstacles());
      const shown = spots.filter((spot) => spot.on);
      for (const spot of shown) room.addCircle(spot);
      const reached = new Set();
      for (const flow of drawn) {
        const ends = [spotOf.get(flow.from.key), spotOf.get('p' + flow.to.index)];
        if (ends.every(Boolean) && ends.some((spot) => spot.on)) ends.forEach((spot) => reached.add(spot));
      }
      const chips = this._chips(spots, room, font, reached, lit, size);
      for (const chip of chips) Object.assign(chip.spot, { gate: chip.anchor });

      const arrows = this._arrows(drawn, spotOf, shown, widths, room, atlas);
      const names = gm.placeLabels(
        shown
          .filter((s) => !s.place || s.place.count || joined.has(s.place) || (lit && lit.has(s.place)))
          .map((s) => ({
            ...s,
            must: this._mustBeNamed(s, lit),
            text: this._labelText(s),
          }))
          .sort((a, b) => b.must - a.must),
        room,
        font,
      );
      const words = this._arrowWords(this.laid, room, ARROW_FONT + family);
      const countries = this._countryNames(pixel, room, names, COUNTRY_FONT + family);

      const svg = this._container;
      svg.setAttribute('aria-label', this.page.describe(drawn.length));
      const paper =
        this.page.printing && this.page.base ? this.page.base.paths(map.containerPointToLayerPoint([0, 0]), size) : '';
      svg.replaceChildren(
        paper,
        gm.svg('g', { class: 'gm-countries', 'aria-hidden': 'true' }, countries),
        gm.svg('g', { class: 'gm-extents', 'aria-hidden': 'true' }, this._extents(pixel)),
        gm.svg(
          'g',
          {},
          shown.map((spot) => this._circle(spot, lit)),
        ),
        gm.svg('g', { class: 'gm-areas-drawn', 'aria-hidden': 'true' }, this._areas(pixel)),
        gm.svg('g', {}, arrows),
        gm.svg(
          'g',
          { class: 'gm-arrow-words', 'aria-hidden': 'true' },
          words.map((w) =>
            gm.svg('text', { x: w.x.toFixed(1), y: w.y.toFixed(1), 'text-anchor': 'middle', text: w.text }),
          ),
        ),
        gm.svg(
          'g',
          { class: 'gm-names', 'aria-hidden': 'true' },
          names.map((name) =>
            gm.svg(
              'text',
              {
                x: name.x.toFixed(1),
                y: name.y.toFixed(1),
                'text-anchor': name.anchor,
                class:
                  (lit && !(name.place ? lit.has(name.place) : name.lit) ? 'dim' : '') +
                  (name.place ? '' : ' gm-origin-name'),
                direction: 'ltr',
              },
              gm.svg('tspan', { text: gm.clip((name.place || name).name, 32) }),
              name.place && name.place.count
                ? gm.svg('tspan', { class: 'gm-count', text: '\u00a0' + gm.number(name.place.count) })
                : null,
            ),
          ),
        ),
      );
      this.spots = shown.filter((spot) => spot.place);
      this.flows = flows;
      this.page.undrawn = new Set(homeless);
    },
    _labelText(spot) {
      const { place } = spot;
      return gm.clip((place || spot).name, 32) + (place && place.count ? '\u00a0' + gm.number(place.count) : '');
    },
    // The most mentioned, whatever is selected, and where an arrow begins that would else come from nowhere.
    _mustBeNamed({ place, lit: litOrigin }, lit) {
      if (!place) return !lit || Boolean(litOrigin);
      return lit ? lit.has(place) : Boolean(place.count) && this.page.atlas.ranked.indexOf(place) < 5;
    },
    _circle(spot, lit) {
      const { place, x, y, r } = spot,
        at = { cx: x.toFixed(1), cy: y.toFixed(1) };
      if (!place)
        return gm.svg('rect', {
          class: 'gm-origin',
          x: (x - 3).toFixed(1),
          y: (y - 3).toFixed(1),
          width: 6,
          height: 6,
        });
      const { atlas } = this.page;
      const classes = ['gm-place', place.isArea ? 'area' : 'spot'];
      if (!place.count) classes.push('zero');
      else if (!place.isArea && !place.pale) classes.push('full');
      if (place.sure && place.sure < gm.SURE_ENOUGH) classes.push('unsure');
      if (place.disputed) classes.push('disputed');
      if (lit && !lit.has(place)) classes.push('dim');
      if (atlas.is('place', place.index)) classes.push('on');
      // The pale rim of a spot is what was said of a government, the core what was said of the place.
      const core = place.isArea || !place.count ? 0 : r * Math.sqrt((place.count - place.pale) / place.count);
      return gm.svg(
        'g',
        { class: classes.join(' '), 'data-place': place.index },
        gm.svg('circle', { class: 'gm-ring', r: r.toFixed(1), ...at }),
        place.pale && core > 0.5 ? gm.svg('circle', { class: 'gm-core', r: core.toFixed(1), ...at }) : null,
      );
    },
    // The box of a selected area that has no outline on the base map.
    _extents(pixel) {
      const { atlas, world } = this.page,
        s = atlas.selection;
      const place = s && s.kind === 'place' ? atlas.places[s.key] : null;
      if (!place || !place.box || (place.kind === 'country' && world && world.byCode.has(place.country))) return [];
      const [west, south, east, north] = place.box,
        wide = east < west ? east + 360 : east;
      const middle = this._map.latLngToContainerPoint([place.lat, gm.near(place.lon, this._map.getCenter().lng)]);
      const shift = gm.near((west + wide) / 2, this._map.getCenter().lng) - (west + wide) / 2;
      const a = this._map.latLngToContainerPoint([Math.min(85, north), west + shift]);
      const b = this._map.latLngToContainerPoint([Math.max(-85, south), wide + shift]);
      if (b.x - a.x < 12 || b.y - a.y < 12 || !isFinite(middle.x)) return [];
      return [
        gm.svg('rect', {
          class: 'gm-extent',
          x: a.x,
          y: a.y,
          width: b.x - a.x,
          height: b.y - a.y,
          rx: Math.min(40, (b.x - a.x) / 4, (b.y - a.y) / 4),
        }),
      ];
    },
    // What texts derive from the selected place, over its circle, which may be larger.
    _areas(pixel) {
      const s = this.page.atlas.selection;
      return s && s.kind === 'place' ? gm.areaShapes(this.page, this.page.atlas.places[s.key], pixel) : [];
    },
    _arrows(flows, spotOf, shown, widths, room, atlas) {
      const laid = [],
        crossed = [],
        large = shown.slice(0, CIRCLES_AVOIDED);
      this.laid = [];
      for (const flow of flows) {
        const from = spotOf.get(flow.from.key),
          to = spotOf.get('p' + flow.to.index);
        if (!from || !to || (!from.on && !to.on)) continue;
        const end = (spot) => (spot.on ? spot : spot.gate ? { ...spot.gate, r: 0 } : null);
        const a = end(from),
          b = end(to);
        if (!a || !b) continue;
        const arrow = gm.layArrow({
          from: a,
          to: b,
          same: from === to,
          width: widths.of(flow.weight),
          room: {
            drawn: crossed,
            boxes: room.solid,
            size: room.size,
            obstacles: large.filter((spot) => spot !== from && spot !== to && !swallows(spot, a) && !swallows(spot, b)),
          },
        });
        room.addLine(arrow.points, flow.key);
        crossed.push(...arrow.points.filter((_, i) => i % 3 === 1));
        room.addCircle({ x: arrow.tip.x, y: arrow.tip.y, r: 7 });
        this.laid.push({ flow, ...arrow });
        laid.push(this._arrow(flow, arrow, atlas));
      }
      // The strongest were laid first, to have the best way; they are drawn last, on top.
      return laid.reverse();
    },
    _arrow(flow, arrow, atlas) {
      const lit = !atlas.selection || flow.links.some((link) => atlas.linkLit(link));
      // A line without a head goes on to where the tip would be.
      const line = gm.pathOf(flow.manner === 'beside' ? [...arrow.points, arrow.tip] : arrow.points),
        head = gm.pathOf(arrow.head) + 'Z',
        w = arrow.width.toFixed(1);
      const middle = arrow.points[24],
        side = arrow.points[25];
      const angle = Math.atan2(side.y - middle.y, side.x - middle.x) + Math.PI / 2,
        reach = arrow.width / 2 + 5;
      const cross = {
        x1: middle.x - Math.cos(angle - 0.6) * reach,
        y1: middle.y - Math.sin(angle - 0.6) * reach,
        x2: middle.x + Math.cos(angle - 0.6) * reach,
        y2: middle.y + Math.sin(angle - 0.6) * reach,
      };
      return gm.svg(
        'g',
        {
          class: 'gm-flow ' + flow.manner + (lit ? '' : ' dim') + (atlas.is('flow', flow.key) ? ' on' : ''),
          'data-flow': flow.key,
        },
        gm.svg('path', { class: 'gm-reach', d: line }),
        gm.svg('path', { class: 'gm-casing', d: line, 'stroke-width': (arrow.width + 2.4).toFixed(1) }),
        gm.svg('path', {
          class: 'gm-shaft',
          d: line,
          'stroke-width': w,
          'stroke-dasharray': flow.manner === 'maybe' ? '7 4' : flow.manner === 'beside' ? '1.5 4' : null,
        }),
        flow.manner === 'beside' ? null : gm.svg('path', { class: 'gm-head', d: head }),
        flow.manner === 'denied' ? gm.svg('line', { class: 'gm-cross', ...cross }) : null,
      );
    },
    // Who acts, in words on the arrow: its strongest actor, with what it does where there is room.
    _arrowWords(laid, room, font) {
      const { atlas } = this.page;
      const lit = laid.filter(({ flow }) => !atlas.selection || flow.links.some((link) => atlas.linkLit(link)));
      return gm.placeArrowWords(
        lit
          .slice(0, ARROWS_NAMED * (atlas.selection ? 3 : this.page.phone ? 0.5 : 1))
          .map(({ flow, points, width }) => {
            const links = flow.links
              .filter((link) => atlas.linkLit(link))
              .sort((a, b) => atlas.weight(b) - atlas.weight(a) || a.index - b.index);
            const actors = new Set(links.map((link) => link.actor)),
              name = gm.clip(links[0].actor.name, 30),
              more = actors.size > 1 ? ' +' + (actors.size - 1) : '';
            return {
              flow,
              points,
              width,
              texts:
                actors.size > 1 || new Set(links.map((l) => l.relation)).size > 1
                  ? [name + more]
                  : [name + ': ' + links[0].relation, name],
            };
          }),
        room,
        font,
      );
    },
    _countryNames(pixel, room, names, font) {
      const { world, atlas } = this.page;
      if (!world) return [];
      const least = NAMED_FROM[gm.clamp(Math.floor(this._map.getZoom()), 0, NAMED_FROM.length - 1)];
      const named = new Set(names.filter((n) => n.place && n.place.kind === 'country').map((n) => n.place.country));
      const texts = [];
      for (const country of world.countries) {
        if (country.area < least) break;
        if (country.code && named.has(country.code)) continue;
        const p = pixel(country),
          width = gm.textWidth(country.name, font) * 1.12;
        const box = { left: p.x - width / 2, right: p.x + width / 2, top: p.y - 10, bottom: p.y + 4 };
        if (!room.free(box) || room.cover(box, null) > 0) continue;
        room.solid.push(box);
        texts.push(
          gm.svg('text', { x: p.x.toFixed(1), y: p.y.toFixed(1), 'text-anchor': 'middle', text: country.name }),
        );
      }
      return texts;
    },
    // Places beyond the edge: a few as chips that lead there, the others only as a number.
    _chips(spots, room, font, reached, lit, size) {
      const wanted = (spot) =>
        lit ? (spot.place ? lit.has(spot.place) : spot.lit) : (spot.place && spot.place.count) || reached.has(spot);
      const away = spots.filter((spot) => !spot.on && wanted(spot));
      const rank = (spot) => [Number(reached.has(spot)), spot.place ? spot.place.count : 0];
      away.sort((a, b) => rank(b)[0] - rank(a)[0] || rank(b)[1] - rank(a)[1]);
      const limit = this.page.phone ? 4 : 8;
      const items = away.slice(0, 3 * limit).map((spot) => {
        const sign = gm.compass(spot.x - size.x / 2, spot.y - size.y / 2);
        return { spot, sign, joins: reached.has(spot), x: spot.x, y: spot.y, text: sign + ' ' + this._labelText(spot) };
      });
      const chips = gm.placeChips(items, room, font, limit);
      this.page.showChips(chips, away.length - chips.length);
      return chips;
    },
  });

  // A large ring around an arrow's end cannot be avoided by any curve.
  const swallows = (spot, end) => Math.hypot(spot.x - end.x, spot.y - end.y) < spot.r + end.r * 0.5 + 4;
})(window.geomap);
