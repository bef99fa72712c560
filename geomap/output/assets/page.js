// One page: joins the map, the drawing, the header and the panel, and owns what the reader has selected.
(function (gm) {
  'use strict';
  const PHONE_PX = 560;

  class Page {
    constructor(map, root, atlas, world) {
      Object.assign(this, { map, root, atlas, world, touched: false, permalink: true, undrawn: new Set() });
      this.anchors = new Map();
      this.names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
      this.panel = new gm.Panel(this, root.querySelector('.gm-panel'), root.id);
      this.header = gm.buildHeader(this, root.querySelector('.gm-header'), this.panel);
      this.chips = gm.el('div', { class: 'gm-chips' });
      this.legend = gm.buildLegend(root.clientWidth >= 900 && root.clientHeight > 560);
      this.setUpMap();
      this.listen();
    }

    // --- set-up ---
    setUpMap() {
      const { map, world } = this,
        stage = map.getContainer().parentNode;
      map.attributionControl.setPrefix('Leaflet');
      map.attributionControl.addAttribution(this.borderNote());
      // Credits are foreign text: Leaflet would take them for markup.
      const [credit, ...others] = this.atlas.data.credits;
      const text = credit ? ' | ' + gm.clip(credit, 120) + (others.length ? '; all credits: see Notes' : '') : '';
      map.attributionControl.getContainer().append(gm.el('span', { class: 'gm-credit', text }));
      map.createPane('base').style.zIndex = 150;
      map.createPane('marks').style.zIndex = 450;
      this.beyond = gm.el('p', { class: 'gm-beyond' });
      stage.append(this.chips, this.beyond);
      stage.after(this.legend.box);
      L.control.zoom({ position: 'topright' }).addTo(map);
      L.control.scale({ imperial: false, position: 'bottomright' }).addTo(map);
      const home = gm.button('\u2922', () => this.reset(), {
        class: 'gm-home',
        title: 'Show the first view again',
        'aria-label': 'Show the first view again',
      });
      stage.append(home);
      this.home = home;
      if (!this.atlas.ranked.length) stage.append(gm.el('p', { class: 'gm-nothing', text: this.emptyText() }));
      this.phone = stage.clientWidth < PHONE_PX;
      this.fillLegend();
      this.restore();
      if (world) this.base = new gm.BaseLayer(this).addTo(map);
      else
        stage.append(
          gm.el('p', {
            class: 'gm-nothing',
            text: 'This browser cannot unpack the base map; the circles and the lists are complete.',
          }),
        );
      this.marks = new gm.MarkLayer(this).addTo(map);
      this.refresh();
    }
    restore() {
      const asked = gm.readHash(),
        { atlas } = this;
      if (asked.roles) {
        atlas.counted = new Set(asked.roles.filter((role) => atlas.roles.includes(role)));
        atlas.recount();
        for (const box of this.root.querySelectorAll('[data-role]')) box.checked = atlas.counted.has(box.dataset.role);
      }
      if (asked.selection) {
        const [, kind, id] = asked.selection;
        const found =
          kind === 'place'
            ? atlas.placeById(id)
            : kind === 'actor'
              ? atlas.actors.find((a) => a.id === id)
              : atlas.links.find((l) => String(l.index) === id);
        if (found) atlas.select(kind, found.index);
      }
      if (asked.view) {
        const [zoom, lat, lon] = asked.view;
        this.map.setView([gm.clamp(lat, -85, 85), lon], gm.clamp(zoom, 0, gm.ZOOM_MAX), { animate: false });
        this.touched = true;
      } else gm.fit(this);
    }
    listen() {
      const { map, root } = this,
        box = map.getContainer(),
        touch = () => {
          this.touched = true;
        };
      for (const event of ['mousedown', 'wheel', 'touchstart', 'keydown'])
        box.addEventListener(event, touch, { passive: true });
      map.on('moveend', () => this.remember());
      map.on('click', (event) => this.clicked(event));
      new ResizeObserver(() => this.resized()).observe(box);
      root.addEventListener('keydown', (event) => this.key(event));
      document.addEventListener('keydown', (event) => {
        if (event.target === document.body) this.key(event);
      });
      const dark = window.matchMedia('(prefers-color-scheme: dark)');
      dark.addEventListener('change', () => this.drawMap());
      this.legend.box.querySelector('summary').addEventListener('click', () => setTimeout(() => this.drawMap()));
      window.addEventListener('beforeprint', () => this.print(true));
      window.addEventListener('afterprint', () => this.print(false));
    }
    key(event) {
      if (event.key !== 'Escape') return;
      this.header.closePops();
      if (this.atlas.selection) this.select(null);
    }
    resized() {
      const { map } = this,
        box = map.getContainer(),
        known = map.getSize();
      if (!box.clientWidth || !box.clientHeight) return;
      if (known.x === box.clientWidth && known.y === box.clientHeight) return;
      this.settle(() => map.invalidateSize({ animate: false, pan: this.touched }));
    }
    // Change size, counts or look in one go: the view is fitted if the reader has not chosen one, and drawn once.
    settle(change) {
      this.quiet = true;
      change();
      this.phone = this.map.getSize().x < PHONE_PX;
      this.fillLegend();
      if (!this.touched) gm.fit(this);
      this.quiet = false;
      this.drawMap();
    }
    remember() {
      if (this.permalink) gm.writeHash(this);
    }
    reset() {
      this.touched = false;
      this.settle(() => {});
      this.remember();
    }

    // --- what the reader does ---
    select(kind, key, byKeyboard) {
      const { atlas, panel } = this,
        chosen = atlas.select(kind, key),
        from = document.activeElement;
      if (chosen && (!this.before || !this.before.isConnected)) this.before = from;
      this.redraw();
      panel.evidence.show(byKeyboard && chosen);
      panel.live.textContent = chosen ? 'Selected: ' + this.selectedText() : 'Selection cleared';
      if (chosen && chosen.kind === 'place') this.reveal(atlas.places[chosen.key]);
      if (this.root.dataset.sheet === 'low') this.root.dataset.sheet = 'half';
      this.remember();
    }
    selectedText() {
      const { atlas } = this,
        s = atlas.selection,
        links = atlas.selectedLinks();
      if (s.kind === 'place') return atlas.places[s.key].name;
      if (s.kind === 'actor') return atlas.actors[s.key].name;
      return links.length ? links[0].actor.name + ' \u2192 ' + links[0].place.name : '';
    }
    // A place chosen in a list must be on the map: move there, no closer than needed.
    reveal(place) {
      const p = this.anchor(place),
        size = this.map.getSize();
      const at = this.map.latLngToContainerPoint([p.lat, gm.near(p.lon, this.map.getCenter().lng)]);
      const drawn = this.marks.spots.some((spot) => spot.place === place);
      if (drawn && at.x > 10 && at.y > 10 && at.x < size.x - 10 && at.y < size.y - 10) return;
      this.touched = true;
      this.goTo(p);
    }
    // Show an area, no closer than a town.
    lookAt({ lat, lon, km }) {
      const reach = L.latLng(lat, gm.near(lon, this.map.getCenter().lng)).toBounds(Math.min(2000 * km, 2e7));
      this.touched = true;
      this.map.fitBounds(reach, { maxZoom: gm.ZOOM_MAX - 2, animate: false, padding: [30, 30] });
    }
    goTo(p) {
      const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      // Leaflet glides to what is near and jumps to what is far.
      this.map.panTo([p.lat, gm.near(p.lon, this.map.getCenter().lng)], still ? { animate: false } : { duration: 0.4 });
    }
    clicked(event) {
      const near = this.marks.nearest(event.containerPoint, 8);
      if (near) return this.select('place', near.index);
      const country =
        this.world &&
        this.atlas.ranked.find(
          (p) =>
            p.kind === 'country' &&
            this.world.byCode.has(p.country) &&
            this.world.covers(this.world.byCode.get(p.country), event.latlng.lat, gm.near(event.latlng.lng, 0)),
        );
      if (country && !this.atlas.selection) return this.select('place', country.index);
      return this.atlas.selection ? this.select(null) : undefined;
    }
    switchRole(role, on) {
      const { atlas } = this;
      if (on) atlas.counted.add(role);
      else atlas.counted.delete(role);
      atlas.recount();
      this.settle(() => {});
      this.refresh();
      this.remember();
    }

    // --- drawing ---
    redraw() {
      this.fillLegend();
      this.drawMap();
      this.refresh();
    }
    drawMap() {
      if (this.base) this.base._update();
      this.marks._update();
    }
    refresh() {
      this.header.refresh();
      this.panel.refresh();
      this.panel.evidence.show(false);
    }
    radius() {
      return gm.radiusScale(this.atlas, this.phone);
    }
    // The legend says what is drawn, so it is filled before: its height decides how much room the map has.
    fillLegend() {
      const { flows, homeless } = gm.groupLinks(this.atlas, this.world),
        hidden = Math.max(0, flows.length - gm.arrowsMax(this.phone));
      this.arrowsHidden = hidden;
      gm.fillLegend(this.legend, {
        atlas: this.atlas,
        radius: this.radius(),
        widths: gm.flowWidths(flows, this.phone),
        arrows: flows,
        hidden,
        homeless,
      });
    }
    isDrawn(link) {
      return !this.undrawn.has(link);
    }
    showChips(chips, more) {
      const nodes = chips.map((chip) => {
        const { place } = chip.spot,
          name = (place || chip.spot).name;
        const go = () => {
          this.touched = true;
          if (place) this.select('place', place.index);
          else this.goTo(chip.spot);
        };
        const node = gm.el(
          'button',
          {
            type: 'button',
            class: place ? 'gm-chip' : 'gm-chip gm-chip-origin',
            'aria-label': name + ', beyond the edge of the map: go there',
            on: { click: go },
          },
          gm.el('span', { text: chip.sign + ' ' }),
          gm.name(gm.clip(name, 32)),
          place && place.count ? gm.el('span', { class: 'gm-count', text: '\u00a0' + gm.number(place.count) }) : null,
        );
        node.style.left = chip.box.left + 'px';
        node.style.top = chip.box.top + 'px';
        node.style.width = chip.width + 'px';
        return node;
      });
      this.chips.replaceChildren(...nodes);
      this.placesBeyond = more;
      this.sayBeyond();
    }
    // What the map does not show, in its corner.
    sayBeyond() {
      const arrows = !this.atlas.selection && this.phone && this.arrowsHidden,
        places = this.placesBeyond;
      const words = [
        places > 0 ? gm.count(places, 'more place') + ' beyond the edge' : '',
        arrows ? gm.count(arrows, 'more arrow') + ' in the list of links' : '',
      ];
      this.beyond.textContent = words.filter(Boolean).join('; ');
    }
    // The rectangles of the controls, in pixels of the map.
    obstacles() {
      this.sayBeyond();
      return this.boxesOf('.leaflet-control, .gm-legend, .gm-home, .gm-beyond');
    }
    boxesOf(selector) {
      const frame = this.map.getContainer().getBoundingClientRect();
      return [...this.root.querySelectorAll(selector)]
        .map((box) => box.getBoundingClientRect())
        .filter((r) => r.width)
        .map((r) => ({
          left: r.left - frame.left - 4,
          right: r.right - frame.left + 4,
          top: r.top - frame.top - 4,
          bottom: r.bottom - frame.top + 4,
        }));
    }
    // On paper: the map as lines, every list written out.
    print(on) {
      this.root.classList.toggle('gm-printing', on);
      this.printing = on;
      if (on) this.legendWasOpen = this.legend.box.open;
      this.legend.box.open = on || this.legendWasOpen;
      this.settle(() => this.map.invalidateSize({ animate: false, pan: false }));
      if (on) this.panel.fillAll();
      else this.panel.refresh();
    }

    // --- words ---
    // Where a place is drawn: its own point, unless a country's point lies outside the country as drawn.
    anchor(place) {
      if (!this.anchors.has(place)) {
        const country = place.kind === 'country' && this.world && this.world.byCode.get(place.country);
        const astray = country && country.area > 0.5 && !this.world.covers(country, place.lat, place.lon);
        this.anchors.set(place, astray ? { lat: country.lat, lon: country.lon } : { lat: place.lat, lon: place.lon });
      }
      return this.anchors.get(place);
    }
    countryName(code) {
      if (!code) return '';
      const place = this.atlas.countries.get(code);
      return place ? place.name : (/^[A-Z]{2}$/.test(code) && this.names.of(code)) || code;
    }
    emptyText() {
      return this.atlas.places.some((p) => p.byRole.some(Boolean))
        ? 'Nothing is counted as switched: turn on a way of counting in the header.'
        : 'No place was found in this text.';
    }
    borderNote() {
      return 'Borders: Natural Earth, UN view (visionscarto); dashed: disputed';
    }
    tip(place) {
      return place.name + ': ' + gm.count(place.count, 'mention') + ' (' + this.panel.kindText(place) + ')';
    }
    tipOfFlow(flow) {
      const texts = flow.links
        .slice(0, 4)
        .map(
          (l) =>
            l.actor.name +
            ': ' +
            l.relation +
            (l.stated && l.status !== 'asserted' ? ' (' + l.status + ')' : '') +
            ' \u2192 ' +
            l.place.name,
        );
      return texts.join('\n') + (flow.links.length > 4 ? '\n\u2026 ' + (flow.links.length - 4) + ' more' : '');
    }
    describe(arrows) {
      const { atlas } = this,
        top = atlas.ranked
          .slice(0, 5)
          .map((p) => p.name + ' ' + p.count)
          .join(', ');
      return (
        'Map with ' +
        gm.count(atlas.ranked.length, 'place') +
        ' and ' +
        gm.count(arrows, 'arrow') +
        (top ? '. Most mentioned: ' + top : '') +
        '. The same is in the tables beside the map.'
      );
    }
  }
  gm.Page = Page;

  // Called by the page for each map on it.
  gm.start = async function (map, rootId) {
    const root = document.getElementById(rootId);
    const atlas = root.querySelector('[data-part=atlas]'),
      canUnpack = typeof DecompressionStream === 'function';
    if (!canUnpack && atlas.type !== 'application/json') {
      const text = 'This browser is too old to unpack so large a page: it takes one from 2023 or later.';
      root.querySelector('.gm-stage').append(gm.el('p', { class: 'gm-nothing', text }));
      return;
    }
    const data = await gm.readJson(atlas);
    const world = canUnpack ? new gm.World(await gm.unpack(root.querySelector('[data-part=world]'))) : null;
    gm.pages = gm.pages || [];
    gm.pages.push(new Page(map, root, new gm.Atlas(data), world));
    root.dataset.ready = 'yes';
  };
})(window.geomap);
