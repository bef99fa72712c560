// The base map: countries unpacked from the page, drawn on a canvas for the screen and as paths for print.
(function (gm) {
  'use strict';
  // Web Mercator shows nothing nearer the poles.
  const LAT_MAX = 85.05;
  const STEP_MIN_PX = 0.8;
  const mercatorX = (lon) => (lon + 180) / 360;
  const mercatorY = (lat) => {
    const phi = (gm.clamp(lat, -LAT_MAX, LAT_MAX) * Math.PI) / 180;
    return 0.5 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI);
  };

  class World {
    // `bytes`: the length of a JSON head, the head, then arcs as zigzag varints (see topology.py).
    constructor(bytes) {
      const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
      const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
      this.arcs = unpackArcs(bytes, 4 + length, head.steps);
      this.dashed = new Set(head.dashed);
      this.uses = new Uint8Array(this.arcs.length);
      this.countries = head.countries.map(([code, name, lat, lon, area, polygons]) => {
        const rings = polygons.flat().map((arcs) => this.ring(arcs));
        for (const { arcs } of rings) for (const arc of arcs) this.uses[arc < 0 ? ~arc : arc] += 1;
        return { code, name, lat, lon, area, rings };
      });
      this.byCode = new Map(this.countries.filter((c) => c.code).map((c) => [c.code, c]));
    }
    // A ring with what to add to each arc's x so that it goes on where the one before it ended: a country on both
    // sides of the antimeridian stays in one piece.  `turns` is not 0 for Antarctica, which goes round the pole.
    ring(arcs) {
      const box = [Infinity, Infinity, -Infinity, -Infinity],
        shifts = [];
      let end = null,
        start = null;
      for (const arc of arcs) {
        const { points, box: b } = this.arcs[arc < 0 ? ~arc : arc],
          last = points.length - 2;
        const [first, final] = arc < 0 ? [points[last], points[0]] : [points[0], points[last]];
        const shift = end === null ? 0 : Math.round(end - first);
        shifts.push(shift);
        end = final + shift;
        if (start === null) start = first;
        box[0] = Math.min(box[0], b[0] + shift);
        box[1] = Math.min(box[1], b[1]);
        box[2] = Math.max(box[2], b[2] + shift);
        box[3] = Math.max(box[3], b[3]);
      }
      return { arcs, shifts, box, turns: Math.round(end - start), start };
    }
    // Say whether a country covers a point (even-odd rule over all its rings).
    covers(country, lat, lon) {
      const y = mercatorY(lat);
      let inside = false;
      for (const ring of country.rings) {
        const x = mercatorX(lon) + Math.ceil(ring.box[0] - mercatorX(lon));
        let px = NaN,
          py = NaN;
        ring.arcs.forEach((arc, part) => {
          const points = this.arcs[arc < 0 ? ~arc : arc].points,
            n = points.length / 2;
          for (let i = 0; i < n; i++) {
            const k = 2 * (arc < 0 ? n - 1 - i : i),
              qx = points[k] + ring.shifts[part],
              qy = points[k + 1];
            if (py > y !== qy > y && x < ((px - qx) * (y - qy)) / (py - qy) + qx) inside = !inside;
            px = qx;
            py = qy;
          }
        });
      }
      return inside;
    }
    // Where the country's largest part is, in degrees: what to show when nothing else is known.
    extent(country) {
      let best = null;
      for (const ring of country.rings) {
        const b = ring.box,
          size = (b[2] - b[0]) * (b[3] - b[1]);
        if (!best || size > best.size) best = { size, b };
      }
      const lat = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
      return { west: best.b[0] * 360 - 180, east: best.b[2] * 360 - 180, north: lat(best.b[1]), south: lat(best.b[3]) };
    }
    // Filling closes every ring by itself; closePath would cost a second on a map of the world.
    // Trace rings or arcs that meet `view` into a sink with moveTo and lineTo, once for every copy of the world in it.
    traceRings(sink, rings, view) {
      this.copies(view, (shift) => {
        for (const ring of rings) {
          if (!meets(ring.box, view, shift)) continue;
          ring.arcs.forEach((arc, part) => this.traceArc(sink, arc, view, shift + ring.shifts[part], part === 0));
          if (ring.turns) this.closeRoundPole(sink, ring, view, shift);
        }
      });
    }
    traceBorders(sink, view, wanted) {
      this.copies(view, (shift) => {
        this.arcs.forEach((arc, i) => {
          if (wanted(i) && meets(arc.box, view, shift)) this.traceArc(sink, i, view, shift, true);
        });
      });
    }
    closeRoundPole(sink, ring, view, shift) {
      const x = (turns) => (ring.start + shift + turns) * view.scale - view.x,
        bottom = view.scale - view.y;
      sink.lineTo(x(ring.turns), bottom);
      sink.lineTo(x(0), bottom);
    }
    traceArc(sink, arc, view, shift, starts) {
      const points = this.arcs[arc < 0 ? ~arc : arc].points,
        n = points.length / 2;
      let lastX = Infinity,
        lastY = Infinity;
      for (let i = starts ? 0 : 1; i < n; i++) {
        const k = 2 * (arc < 0 ? n - 1 - i : i);
        const x = (points[k] + shift) * view.scale - view.x,
          y = points[k + 1] * view.scale - view.y;
        // Steps too small to see cost time; the last point joins this arc to the next.
        if (Math.abs(x - lastX) + Math.abs(y - lastY) < STEP_MIN_PX && i < n - 1) continue;
        lastX = x;
        lastY = y;
        if (i === 0) sink.moveTo(x, y);
        else sink.lineTo(x, y);
      }
    }
    copies(view, draw) {
      // One copy more on either side: rings that cross the antimeridian reach into their neighbours.
      const first = Math.floor(view.x / view.scale) - 1,
        last = Math.floor((view.x + view.width) / view.scale) + 1;
      for (let shift = first; shift <= last; shift++) draw(shift);
    }
    isCoast(arc) {
      return this.uses[arc] < 2;
    }
  }
  gm.World = World;

  function unpackArcs(bytes, at, steps) {
    const arcs = [];
    const next = () => {
      let value = 0,
        factor = 1,
        byte;
      do {
        byte = bytes[at++];
        value += (byte & 127) * factor;
        factor *= 128;
      } while (byte > 127);
      return value;
    };
    const signed = () => {
      const value = next();
      return value % 2 ? -(value + 1) / 2 : value / 2;
    };
    while (at < bytes.length) {
      const n = next(),
        points = new Float64Array(2 * n),
        box = [Infinity, Infinity, -Infinity, -Infinity];
      let lon = 0,
        lat = 0;
      for (let i = 0; i < n; i++) {
        lon += signed();
        lat += signed();
        const x = (points[2 * i] = mercatorX(lon / steps)),
          y = (points[2 * i + 1] = mercatorY(lat / steps));
        if (x < box[0]) box[0] = x;
        if (y < box[1]) box[1] = y;
        if (x > box[2]) box[2] = x;
        if (y > box[3]) box[3] = y;
      }
      arcs.push({ points, box });
    }
    return arcs;
  }

  const meets = (box, view, shift) =>
    (box[2] + shift) * view.scale >= view.x &&
    (box[0] + shift) * view.scale <= view.x + view.width &&
    box[3] * view.scale >= view.y &&
    box[1] * view.scale <= view.y + view.height;

  // A sink that writes the `d` of an SVG path.
  class PathText {
    constructor() {
      this.parts = [];
    }
    moveTo(x, y) {
      this.parts.push('M' + x.toFixed(1) + ' ' + y.toFixed(1));
    }
    lineTo(x, y) {
      this.parts.push('L' + x.toFixed(1) + ' ' + y.toFixed(1));
    }
  }

  // The outline of a country as the `d` of an SVG path, in the pixels of what the map shows.
  gm.outlineText = (map, world, country) => {
    const origin = map.getPixelBounds().min,
      size = map.getSize(),
      sink = new PathText();
    const view = { scale: 256 * 2 ** map.getZoom(), x: origin.x, y: origin.y, width: size.x, height: size.y };
    world.traceRings(sink, country.rings, view);
    return sink.parts.join('');
  };

  // Leaflet moves and scales the canvas while the reader drags or zooms; it is drawn anew when the map rests.
  gm.BaseLayer = L.Renderer.extend({
    initialize(page) {
      L.Renderer.prototype.initialize.call(this, { pane: 'base', padding: 0.25 });
      this.page = page;
      this.world = page.world;
      this.atlas = page.atlas;
    },
    _initContainer() {
      this._container = gm.el('canvas', { class: 'gm-base', 'aria-hidden': 'true' });
    },
    _updatePaths() {},
    _destroyContainer() {
      this._container.remove();
      delete this._container;
    },
    _update() {
      if (this.page.quiet || (this._map._animatingZoom && this._bounds)) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize(),
        ratio = Math.min(2, window.devicePixelRatio || 1),
        canvas = this._container;
      canvas.width = size.x * ratio;
      canvas.height = size.y * ratio;
      canvas.style.width = size.x + 'px';
      canvas.style.height = size.y + 'px';
      L.DomUtil.setPosition(canvas, this._bounds.min);
      const pen = canvas.getContext('2d');
      pen.scale(ratio, ratio);
      this.paint(pen, this.view(this._bounds.min, size));
    },
    // The part of the Mercator square (0 to 1) that a rectangle of layer points shows.
    view(corner, size) {
      const origin = this._map.getPixelOrigin().add(corner);
      return { scale: 256 * 2 ** this._map.getZoom(), x: origin.x, y: origin.y, width: size.x, height: size.y };
    },
    // Countries that are mentioned, with the strength of their tint; a disputed one is never filled.
    tints() {
      const found = [],
        areas = this.atlas.ranked.filter((p) => p.kind === 'country' && p.country && !p.disputed);
      const most = Math.max(1, ...areas.map((p) => p.count)),
        lit = this.atlas.litPlaces();
      for (const place of areas) {
        const country = this.world.byCode.get(place.country);
        if (!country) continue;
        const strength = 0.12 + 0.22 * (place.count / most);
        found.push({ country, alpha: !lit || lit.has(place) ? strength : 0.05 });
      }
      return found;
    },
    paint(pen, view) {
      const style = getComputedStyle(this._map.getContainer()),
        colour = (name) => style.getPropertyValue(name).trim();
      const path = (trace) => {
        pen.beginPath();
        trace(pen);
      };
      pen.lineJoin = 'round';
      path((sink) =>
        this.world.traceRings(
          sink,
          this.world.countries.flatMap((c) => c.rings),
          view,
        ),
      );
      pen.fillStyle = colour('--land');
      pen.fill();
      for (const { country, alpha } of this.tints()) {
        path((sink) => this.world.traceRings(sink, country.rings, view));
        pen.globalAlpha = alpha;
        pen.fillStyle = colour('--core');
        pen.fill('evenodd');
      }
      pen.globalAlpha = 1;
      for (const line of this.lines()) {
        path((sink) => this.world.traceBorders(sink, view, line.wanted));
        pen.strokeStyle = colour(line.colour);
        pen.lineWidth = line.width;
        pen.setLineDash(line.dash);
        pen.stroke();
      }
    },
    lines() {
      const { world } = this;
      return [
        { colour: '--coast', width: 0.7, dash: [], wanted: (i) => world.isCoast(i) },
        { colour: '--border', width: 0.9, dash: [], wanted: (i) => !world.isCoast(i) && !world.dashed.has(i) },
        { colour: '--border', width: 1.1, dash: [3, 2.5], wanted: (i) => world.dashed.has(i) },
      ];
    },
    // The same drawing as SVG, for a printer.
    paths(corner, size) {
      const view = this.view(corner, size);
      const drawn = (trace, attributes) => {
        const sink = new PathText();
        trace(sink);
        return gm.svg('path', { d: sink.parts.join('') || 'M0 0', ...attributes });
      };
      return gm.svg(
        'g',
        { class: 'gm-print-base' },
        drawn(
          (s) =>
            this.world.traceRings(
              s,
              this.world.countries.flatMap((c) => c.rings),
              view,
            ),
          { class: 'gm-land' },
        ),
        this.tints().map(({ country, alpha }) =>
          drawn((s) => this.world.traceRings(s, country.rings, view), {
            class: 'gm-tint',
            'fill-opacity': alpha.toFixed(2),
          }),
        ),
        this.lines().map((line) =>
          drawn((s) => this.world.traceBorders(s, view, line.wanted), {
            class: 'gm-line',
            style: 'stroke:var(' + line.colour + ')',
            'stroke-width': line.width,
            'stroke-dasharray': line.dash.join(' ') || null,
          }),
        ),
      );
    },
  });
})(window.geomap);
