// Where words may stand on the map: names beside their circles, chips for places beyond the edge.
(function (gm) {
  'use strict';
  const LABEL_PX = 15,
    CHIP_PX = 24,
    GAP_PX = 4;
  // More names than this never find room; trying them costs time.
  const LABELS_TRIED = 300;
  // A name may lie on the rim of one large ring or cross a thin line, but never on another place's dot.
  const COVER_MAX = 2.9;
  // What a pixel away from its direction costs a chip, against covering a circle.
  const CHIP_STRAY = 0.012;
  const CELL_PX = 48;
  // Farther from its arrow than this, a word belongs to nothing.
  const AWAY_MAX_PX = 34;

  gm.holds = (box, p) => p.x > box.left && p.x < box.right && p.y > box.top && p.y < box.bottom;
  const overlap = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

  const grown = (box, x, y) => ({ left: box.left - x, right: box.right + x, top: box.top - y, bottom: box.bottom + y });

  // Text widths are measured, never guessed from the number of letters.
  const pen = document.createElement('canvas').getContext('2d');
  const widths = new Map();
  gm.textWidth = function (text, font) {
    const key = font + text;
    if (!widths.has(key)) {
      pen.font = font;
      widths.set(key, pen.measureText(text).width);
    }
    return widths.get(key);
  };

  // Things by the squares they lie in, so that a box meets only its neighbours.
  class Grid {
    constructor() {
      this.cells = new Map();
    }
    put(thing, box) {
      this.visit(box, (key) => {
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push(thing);
      });
    }
    near(box) {
      const found = new Set();
      this.visit(box, (key) => {
        for (const thing of this.cells.get(key) || []) found.add(thing);
      });
      return [...found];
    }
    visit(box, call) {
      for (let x = Math.floor(box.left / CELL_PX); x <= box.right / CELL_PX; x++) {
        for (let y = Math.floor(box.top / CELL_PX); y <= box.bottom / CELL_PX; y++) call(x * 65536 + y);
      }
    }
  }

  // What is already on the map: `solid` boxes bear no text over them, circles and lines only if need be.
  class Room {
    constructor(size) {
      this.size = size;
      this.solid = [];
      this.circles = new Grid();
      this.points = new Grid();
    }
    addCircle(c) {
      this.circles.put(c, { left: c.x - c.r, right: c.x + c.r, top: c.y - c.r, bottom: c.y + c.r });
    }
    addLine(points, arrow) {
      for (const { x, y } of points) this.points.put({ x, y, arrow }, { left: x, right: x, top: y, bottom: y });
    }
    free(box, margin = 2) {
      return (
        box.left >= margin &&
        box.top >= margin &&
        box.right <= this.size.x - margin &&
        box.bottom <= this.size.y - margin &&
        !this.solid.some((other) => overlap(box, other))
      );
    }
    // Words beside two arrows belong to neither.
    nearOtherLine(box, arrow) {
      return this.pointsIn(grown(box, 8, 13)).some((p) => p.arrow !== arrow);
    }
    pointsIn(box) {
      return this.points.near(box).filter((p) => gm.holds(box, p));
    }
    coversDot(box) {
      return this.circles
        .near(box)
        .some(
          (c) => c.r < 20 && overlap(box, { left: c.x - c.r, right: c.x + c.r, top: c.y - c.r, bottom: c.y + c.r }),
        );
    }
    // How much a box would cover; smaller is better.
    cover(box, own) {
      let sum = 0.3 * this.pointsIn(grown(box, 2, 0)).length;
      for (const c of this.circles.near(box)) {
        if (c.owner === own) continue;
        const dx = Math.max(box.left - c.x, 0, c.x - box.right),
          dy = Math.max(box.top - c.y, 0, c.y - box.bottom);
        if (dx * dx + dy * dy < c.r * c.r) sum += c.r < 12 ? 3 : 1.5;
      }
      return sum;
    }
  }
  gm.Room = Room;

  // Greedy: the most important name first, each where it covers least, or not at all.
  gm.placeLabels = function (items, room, font) {
    const placed = [];
    for (const item of items.slice(0, LABELS_TRIED)) {
      const width = gm.textWidth(item.text, font) + 2,
        { x, y, r } = item,
        near = r * 0.72 + 3;
      const spots = [
        ['start', x + r + GAP_PX, y + 4.5],
        ['end', x - r - GAP_PX, y + 4.5],
        ['middle', x, y - r - 5],
        ['middle', x, y + r + 13],
        ['start', x + near, y - near],
        ['start', x + near, y + near + 9],
        ['end', x - near, y - near],
        ['end', x - near, y + near + 9],
      ];
      let best = null;
      spots.forEach(([anchor, left, base], i) => {
        const from = anchor === 'start' ? left : anchor === 'end' ? left - width : left - width / 2;
        const box = { left: from, right: from + width, top: base - LABEL_PX + 3, bottom: base + 4 };
        if (!room.free(box)) return;
        const sum = room.cover(box, item.owner) + i * 0.22;
        if (!best || sum < best.sum) best = { sum, box, anchor, x: left, y: base };
      });
      if (!best || best.sum > (item.must ? 99 : COVER_MAX)) continue;
      room.solid.push(best.box);
      placed.push({ ...item, ...best, r });
    }
    return placed;
  };

  // Words for arrows: near the middle of each, on the side that is free, or not at all.
  gm.placeArrowWords = function (items, room, font) {
    const placed = [];
    for (const item of items) {
      let best = null;
      for (const text of item.texts) {
        if (best) break;
        const width = gm.textWidth(text, font) + 2;
        for (const at of [24, 19, 29, 14, 34, 9, 39]) {
          const p = item.points[at],
            q = item.points[at + 1],
            d = Math.hypot(q.x - p.x, q.y - p.y) || 1;
          for (const side of [-1, 1]) {
            const nx = (-(q.y - p.y) / d) * side,
              ny = ((q.x - p.x) / d) * side;
            // As far from the line as a box of this width must be to clear its slope.
            const away = item.width / 2 + 3 + (width / 2) * Math.abs(nx) + 7 * Math.abs(ny),
              x = p.x + nx * away,
              y = p.y + ny * away + 4;
            const box = { left: x - width / 2, right: x + width / 2, top: y - 11, bottom: y + 3 };
            if (away > AWAY_MAX_PX || !room.free(box) || room.coversDot(box) || room.nearOtherLine(box, item.flow.key))
              continue;
            const sum = room.cover(box, null) + Math.abs(at - 24) * 0.02;
            if (!best || sum < best.sum) best = { sum, box, x, y, text };
          }
        }
        if (best && best.sum > 1.3) best = null;
      }
      if (!best) continue;
      room.solid.push(best.box);
      placed.push({ ...item, ...best });
    }
    return placed;
  };

  // Chips stand where the line from the middle of the map to the place leaves it, moved along the edge to a free spot.
  gm.placeChips = function (items, room, font, limit) {
    const { size } = room,
      placed = [];
    for (const item of items) {
      if (placed.length >= limit) break;
      const width = gm.textWidth(item.text, font) + 22,
        halfX = size.x / 2 - 8 - width / 2,
        halfY = size.y / 2 - 8 - CHIP_PX / 2;
      const dx = item.x - size.x / 2,
        dy = item.y - size.y / 2;
      const k = Math.min(halfX / Math.abs(dx || 1e-9), halfY / Math.abs(dy || 1e-9));
      const centre = { x: size.x / 2 + dx * k, y: size.y / 2 + dy * k };
      const sideways = halfX / Math.abs(dx || 1e-9) <= halfY / Math.abs(dy || 1e-9);
      const box = freeAlong(centre, sideways, width, room);
      if (!box) continue;
      room.solid.push({ left: box.left - 3, right: box.right + 3, top: box.top - 2, bottom: box.bottom + 2 });
      const edge = sideways ? (dx < 0 ? 'left' : 'right') : dy < 0 ? 'top' : 'bottom';
      const anchor = gateOf(box, edge);
      // The way of its arrow stays free of other chips.
      if (item.joins) room.addCircle({ ...anchor, r: 14 });
      placed.push({ ...item, box, edge, width, anchor });
    }
    return placed;
  };

  function freeAlong(centre, sideways, width, room) {
    const reach = sideways ? room.size.y : room.size.x;
    const inward = Math.sign(sideways ? room.size.x / 2 - centre.x : room.size.y / 2 - centre.y);
    let best = null;
    for (let step = 0; step < reach && !(best && best.sum < step * CHIP_STRAY); step += 6) {
      // On either side, first at the very edge, then a row or two further in.
      for (const [side, row] of step
        ? [
            [1, 0],
            [-1, 0],
            [1, 1],
            [-1, 1],
            [1, 2],
            [-1, 2],
          ]
        : [
            [0, 0],
            [0, 1],
            [0, 2],
          ]) {
        const off = row * (CHIP_PX + 3) * inward;
        const x = centre.x + (sideways ? off : side * step),
          y = centre.y + (sideways ? side * step : off);
        const box = { left: x - width / 2, right: x + width / 2, top: y - CHIP_PX / 2, bottom: y + CHIP_PX / 2 };
        if (!room.free(box, 6)) continue;
        const sum = (step + 40 * row) * CHIP_STRAY + room.cover(grown(box, 24, 20), null);
        if (!best || sum < best.sum) best = { sum, box };
      }
    }
    return best && best.box;
  }

  // Where an arrow meets a chip: the middle of the side that looks into the map.
  function gateOf(box, edge) {
    const x = (box.left + box.right) / 2,
      y = (box.top + box.bottom) / 2;
    if (edge === 'left') return { x: box.right + 1, y };
    if (edge === 'right') return { x: box.left - 1, y };
    return edge === 'top' ? { x, y: box.bottom + 1 } : { x, y: box.top - 1 };
  }

  // An arrow sign for the direction (dx, dy), one of eight.
  gm.compass = (dx, dy) =>
    '\u2192\u2198\u2193\u2199\u2190\u2196\u2191\u2197'[(Math.round((Math.atan2(dy, dx) * 4) / Math.PI) + 8) % 8];
})(window.geomap);
