// Where the map looks: the first fit, the hash in the address, and how both survive resizing and printing.
(function (gm) {
  'use strict';
  // The view holds this share of the mentions; one far capital must not shrink the rest to a dot.
  const FIT_SHARE = 0.8;
  const ZOOM_MAX = 11,
    ZOOM_FIT_MAX = 7,
    ZOOM_FIT_TOWN = 9,
    ZOOM_ONE_TOWN = 6;
  gm.ZOOM_MAX = ZOOM_MAX;

  // The boxes to show: round the weighted middle outwards until the share is reached.
  gm.fitBox = function (atlas, world, anchor) {
    const places = atlas.ranked.length ? atlas.ranked : [];
    if (!places.length) return null;
    const points = places.map((place) => ({ place, n: place.count, ...anchor(place) }));
    const start = emptiestMeridian(points.map((p) => p.lon));
    for (const p of points) p.lon = ((((p.lon - start) % 360) + 360) % 360) + start;
    const middle = { lat: weightedMedian(points, 'lat'), lon: weightedMedian(points, 'lon') };
    const squeeze = Math.cos((middle.lat * Math.PI) / 180),
      far = (p) => Math.hypot(p.lat - middle.lat, (p.lon - middle.lon) * squeeze);
    points.sort((a, b) => far(a) - far(b) || a.place.index - b.place.index);
    const total = points.reduce((sum, p) => sum + p.n, 0),
      kept = [];
    let held = 0,
      edge = 0;
    for (const p of points) {
      // What is hardly farther than the last one comes along for free.
      if (held >= FIT_SHARE * total && far(p) > edge * 1.25 + 0.5) break;
      if (held < FIT_SHARE * total) edge = far(p);
      kept.push(p);
      held += p.n;
    }
    const bounds = L.latLngBounds(kept.map((p) => [p.lat, p.lon]));
    const [only] = kept,
      single = kept.every((p) => Math.abs(p.lat - only.lat) < 0.01 && Math.abs(p.lon - only.lon) < 0.01);
    if (single) {
      const area = extentOf(only.place, world);
      if (area) return { bounds: area, zoom: ZOOM_FIT_MAX };
      return { bounds, zoom: only.place.isArea ? ZOOM_ONE_TOWN - 1 : ZOOM_ONE_TOWN };
    }
    return { bounds, zoom: kept.every((p) => !p.place.isArea) ? ZOOM_FIT_TOWN : ZOOM_FIT_MAX };
  };
  function extentOf(place, world) {
    const country = place.kind === 'country' && world && world.byCode.get(place.country);
    if (country) {
      const e = world.extent(country);
      return L.latLngBounds([e.south, e.west], [e.north, e.east]);
    }
    if (!place.box) return null;
    const [west, south, east, north] = place.box;
    return L.latLngBounds([south, west], [north, east < west ? east + 360 : east]);
  }
  // The meridian in the widest gap between the places: cutting the world there splits no neighbours.
  function emptiestMeridian(lons) {
    const sorted = lons.map((lon) => ((lon % 360) + 360) % 360).sort((a, b) => a - b);
    let best = { gap: sorted[0] + 360 - sorted[sorted.length - 1], at: sorted[0] };
    for (let i = 1; i < sorted.length; i++)
      if (sorted[i] - sorted[i - 1] > best.gap + 1e-9) best = { gap: sorted[i] - sorted[i - 1], at: sorted[i] };
    return best.at > 180 ? best.at - 360 : best.at;
  }
  function weightedMedian(points, key) {
    const sorted = [...points].sort((a, b) => a[key] - b[key]),
      half = points.reduce((sum, p) => sum + p.n, 0) / 2;
    let sum = 0;
    for (const p of sorted) if ((sum += p.n) >= half) return p[key];
    return 0;
  }

  gm.fit = function (page) {
    const { map, atlas, world } = page,
      size = map.getSize();
    const found = gm.fitBox(atlas, world, (place) => page.anchor(place)),
      phone = page.phone;
    // A hidden map has no size yet: any view will do until it is shown.
    if (!found || !size.x || !size.y) {
      map.setView([20, 10], Math.max(0.75, Math.log2(size.x / 300)), { animate: false });
      return;
    }
    // Room for circles, for names to the right of them, and for chips along the edges.
    const pad = phone ? { left: 46, right: 74, top: 44, bottom: 48 } : { left: 70, right: 110, top: 60, bottom: 60 };
    map.fitBounds(found.bounds, {
      animate: false,
      maxZoom: found.zoom,
      paddingTopLeft: [Math.min(pad.left, size.x / 5), Math.min(pad.top, size.y / 5)],
      paddingBottomRight: [Math.min(pad.right, size.x / 5), Math.min(pad.bottom, size.y / 5)],
    });
  };

  // --- the address: #map=zoom/lat/lon&sel=place:id&count=literal,metonym ---
  gm.readHash = function () {
    const found = new Map();
    for (const part of window.location.hash.slice(1).split('&')) {
      const [key, value] = part.split('=');
      if (value !== undefined) found.set(key, value);
    }
    const view = (found.get('map') || '').split('/').map(Number);
    const decode = (text) => {
      try {
        return decodeURIComponent(text);
      } catch {
        return '';
      }
    };
    return {
      view: view.length === 3 && view.every(Number.isFinite) ? view : null,
      selection: found.has('sel') ? decode(found.get('sel')).match(/^(place|actor|link):([^]*)$/) : null,
      roles: found.has('count') ? decode(found.get('count')).split(',') : null,
    };
  };
  gm.writeHash = function (page) {
    const { map, atlas } = page,
      c = map.getCenter().wrap(),
      parts = [];
    if (page.touched) parts.push('map=' + [map.getZoom().toFixed(2), c.lat.toFixed(3), c.lng.toFixed(3)].join('/'));
    const s = atlas.selection,
      encode = (text) => encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));
    if (s && s.kind === 'place') parts.push('sel=' + encode('place:' + atlas.places[s.key].id));
    if (s && s.kind === 'actor') parts.push('sel=' + encode('actor:' + atlas.actors[s.key].id));
    if (s && s.kind === 'link') parts.push('sel=link:' + s.key);
    if (!atlas.isDefault) parts.push('count=' + [...atlas.counted].join(','));
    // In a srcdoc frame the address may not be changed; the page works without.
    try {
      window.history.replaceState(
        null,
        '',
        parts.length ? '#' + parts.join('&') : window.location.pathname + window.location.search,
      );
    } catch {
      page.permalink = false;
    }
  };
})(window.geomap);
