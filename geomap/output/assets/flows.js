// Arrows from an actor's country to a place: which links share one arrow, and the curve it takes on the screen.
(function (gm) {
  'use strict';
  const WIDTH_MIN_PX = 1.6,
    WIDTH_MAX_PX = 7.5,
    WIDTH_MAX_PHONE_PX = 5,
    HEAD_MIN_PX = 9;
  // Curvatures tried in this order; the first that meets nothing wins, so gentle curves are preferred.
  const BENDS = [0.16, 0.24, 0.32, -0.16, -0.24, 0.42, -0.32, 0.54, -0.42, -0.54];
  // Directions in which a hook or a loop may leave: north-west first, then around.
  const ANGLES = Array.from({ length: 16 }, (_, i) => -2.2 + (i * Math.PI) / 8);
  // An arrow is drawn, and kept free of names, as this many pieces.
  const STEPS = 48;

  // Group links that run between the same two ends in the same manner.  Links whose actor has no known
  // country have no line: they are returned apart, so that the page can say so.
  gm.groupLinks = function (atlas, world) {
    const flows = new Map(),
      homeless = [];
    for (const link of atlas.links) link.flow = null;
    const pool = new Set(atlas.shownLinks());
    for (const link of atlas.selectedLinks()) pool.add(link);
    for (const link of pool) {
      const from = gm.origin(atlas, world, link.actor);
      if (!from) {
        homeless.push(link);
        continue;
      }
      const key = [from.key, link.place.index, link.manner].join('>');
      link.flow = key;
      const flow = flows.get(key) || { key, from, to: link.place, manner: link.manner, links: [] };
      flow.links.push(link);
      flows.set(key, flow);
    }
    for (const flow of flows.values()) flow.weight = flow.links.reduce((sum, link) => sum + atlas.weight(link), 0);
    const ordered = [...flows.values()].sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
    return { flows: ordered, homeless };
  };

  // Where an actor's arrows begin: the ring of its country if the atlas has one, else the country on the base map.
  gm.origin = function (atlas, world, actor) {
    const place = atlas.baseOf(actor);
    if (place) return { key: 'p' + place.index, place, lat: place.lat, lon: place.lon, name: place.name };
    const country = world && world.byCode.get(actor.base);
    return country
      ? { key: 'c' + actor.base, place: null, lat: country.lat, lon: country.lon, name: country.name }
      : null;
  };

  // Proportional, except that no arrow is too thin to see.
  gm.flowWidths = function (flows, phone) {
    const most = Math.max(1, ...flows.map((flow) => flow.weight)),
      unit = Math.min(1.8, (phone ? WIDTH_MAX_PHONE_PX : WIDTH_MAX_PX) / most);
    return { unit, most, of: (weight) => Math.max(WIDTH_MIN_PX, unit * weight) };
  };

  // --- curves, all in pixels; a curve is its four Bezier points ---
  const at = (c, t) => {
    const u = 1 - t,
      a = u * u * u,
      b = 3 * u * u * t,
      d = 3 * u * t * t,
      e = t * t * t;
    return {
      x: a * c[0].x + b * c[1].x + d * c[2].x + e * c[3].x,
      y: a * c[0].y + b * c[1].y + d * c[2].y + e * c[3].y,
    };
  };
  const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

  function bent(a, b, bend) {
    const dx = b.x - a.x,
      dy = b.y - a.y;
    const c = { x: (a.x + b.x) / 2 + dy * bend * 1.33, y: (a.y + b.y) / 2 - dx * bend * 1.33 };
    const pull = (p) => ({ x: p.x + ((c.x - p.x) * 2) / 3, y: p.y + ((c.y - p.y) * 2) / 3 });
    return [a, pull(a), pull(b), b];
  }

  // Ends too near for an arrow between them: a hook that leaves one circle at an angle, swings wide and comes back
  // to the other from outside.  `turn` is 1 or -1: with or against the clock.
  function hooked(a, b, ra, rb, angle, turn) {
    const reach = Math.max(ra, rb) * 0.5 + 26;
    const on = (p, length, slant) => ({
      x: p.x + Math.cos(angle + slant) * length,
      y: p.y + Math.sin(angle + slant) * length,
    });
    // Where b lies inside a's circle, the hook has to swing outside a's.
    const wide = Math.max(rb, ra - distance(a, b)) + reach;
    return [on(a, ra, -0.5 * turn), on(a, ra + reach, -0.75 * turn), on(b, wide, 0.55 * turn), on(b, rb, 0.35 * turn)];
  }

  // From a circle back to itself.
  function around(a, r, angle) {
    const on = (slant, length) => ({
      x: a.x + Math.cos(angle + slant) * length,
      y: a.y + Math.sin(angle + slant) * length,
    });
    const spread = Math.min(0.6, 11 / r),
      reach = r + 27;
    return [on(-spread, r), on(-spread - 0.25, reach * 1.2), on(spread + 0.25, reach * 1.2), on(spread, r + 1)];
  }

  // How much a curve disturbs: circles it has no business with, arrows already drawn, chips and controls (under
  // which it would vanish), the edge of the map.
  function cost(points, width, { obstacles, drawn, boxes, size }) {
    let sum = 0;
    for (const o of obstacles) {
      const reach = (o.r + width / 2 + 3) ** 2;
      if (points.some((p) => (p.x - o.x) ** 2 + (p.y - o.y) ** 2 < reach)) sum += 10;
    }
    for (const p of points) {
      for (const q of drawn) if (Math.abs(p.x - q.x) < 7 && Math.abs(p.y - q.y) < 7) sum += 0.6;
      if (boxes.some((box) => gm.holds(box, p))) sum += 2;
      if (size && (p.x < 4 || p.y < 4 || p.x > size.x - 4 || p.y > size.y - 4)) sum += 3;
    }
    return sum;
  }

  // Lay one arrow.  `from` and `to` are {x, y, r}; `room` has the circles it does not join, the points of the arrows
  // already drawn and the size of the map.
  gm.layArrow = function ({ from, to, same, width, room }) {
    const head = Math.max(HEAD_MIN_PX, width * 2.4),
      d = distance(from, to),
      short = d < from.r + to.r + head + 14;
    let curves;
    if (same) curves = ANGLES.map((angle) => around(from, from.r + 1, angle));
    else if (short)
      curves = ANGLES.flatMap((angle) => [1, -1].map((turn) => hooked(from, to, from.r + 1, to.r + 2, angle, turn)));
    else curves = BENDS.map((bend) => bent(from, to, bend));
    const curve = cheapest(curves, width, room, same || short ? 0.05 : 0.5);
    // Trim both ends to the circles, then make room for the head.
    let start = 0,
      tip = 1;
    if (!same && !short) {
      while (start < 0.5 && distance(at(curve, start), from) < from.r + 1) start += 0.01;
      while (tip > 0.5 && distance(at(curve, tip), to) < to.r + 2) tip -= 0.005;
    }
    let neck = tip;
    const end = at(curve, tip);
    while (neck > start + 0.02 && distance(at(curve, neck), end) < head) neck -= 0.005;
    const points = [];
    for (let i = 0; i <= STEPS; i++) points.push(at(curve, start + ((neck - start) * i) / STEPS));
    return { points, tip: end, head: arrowHead(points[STEPS], end, Math.max(4.5, width * 1.25)), width };
  };

  // `step` is what each place further down the list must save to be chosen.
  function cheapest(curves, width, room, step) {
    let best = null;
    curves.forEach((curve, i) => {
      const points = [];
      for (let k = 1; k < 20; k++) points.push(at(curve, k / 20));
      const sum = cost(points, width, room) + i * step;
      if (!best || sum < best.sum) best = { sum, curve };
    });
    return best.curve;
  }

  function arrowHead(neck, tip, half) {
    const d = distance(neck, tip) || 1,
      nx = (-(tip.y - neck.y) / d) * half,
      ny = ((tip.x - neck.x) / d) * half;
    return [{ x: neck.x + nx, y: neck.y + ny }, tip, { x: neck.x - nx, y: neck.y - ny }];
  }

  gm.pathOf = (points) => 'M' + points.map((p) => p.x.toFixed(1) + ' ' + p.y.toFixed(1)).join('L');
})(window.geomap);
