// The side panel: the places as a table (the map for those who do not see it), actors, links and notes.
(function (gm) {
  'use strict';
  // A table of more rows is shown on demand: it costs time, and the filter finds every row anyway.
  const ROWS_AT_FIRST = 200;

  class Panel {
    constructor(page, root, id) {
      this.page = page;
      this.atlas = page.atlas;
      this.id = id;
      this.sort = { by: 'count', down: true };
      this.all = {};
      const { atlas } = this;
      this.filter = gm.el('input', {
        type: 'search',
        placeholder: 'Filter\u2026',
        'aria-label': 'Filter the lists by name',
        on: { input: () => this.refresh() },
      });
      this.tabs = [
        { key: 'places', label: 'Places', size: () => atlas.ranked.length, fill: () => this.places() },
        { key: 'actors', label: 'Actors', size: () => atlas.actors.length, fill: () => this.actors() },
        { key: 'links', label: 'Links', size: () => this.linkPool().length, fill: () => this.links() },
        { key: 'notes', label: 'Notes', size: () => 0, fill: () => this.notes() },
      ];
      this.tab = 'places';
      const list = gm.el('div', {
        class: 'gm-tabs',
        role: 'tablist',
        'aria-label': 'Lists',
        on: { keydown: (event) => this.arrowKeys(event) },
      });
      for (const tab of this.tabs) {
        tab.button = gm.button('', () => this.open(tab.key), {
          role: 'tab',
          id: id + '-tab-' + tab.key,
          'aria-controls': id + '-' + tab.key,
        });
        tab.body = gm.el('section', {
          class: 'gm-list gm-' + tab.key,
          role: 'tabpanel',
          id: id + '-' + tab.key,
          'aria-labelledby': id + '-tab-' + tab.key,
        });
        list.append(tab.button);
      }
      this.evidence = new gm.Evidence(this);
      this.live = gm.el('p', { class: 'gm-unseen', role: 'status' });
      const handle = gm.button('', () => this.cycle(), {
        class: 'gm-handle',
        'aria-label': 'Make this panel taller or shorter',
      });
      root.append(
        handle,
        gm.el('div', { class: 'gm-bar' }, list, this.filter),
        this.evidence.box,
        ...this.tabs.map((t) => t.body),
        this.live,
      );
      this.root = root;
    }
    cycle() {
      const sizes = ['half', 'full', 'low'],
        app = this.page.root,
        now = app.dataset.sheet || 'half';
      app.dataset.sheet = sizes[(sizes.indexOf(now) + 1) % sizes.length];
    }
    open(key) {
      this.tab = key;
      this.refresh();
    }
    arrowKeys(event) {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const keys = this.tabs.map((t) => t.key),
        next = (keys.indexOf(this.tab) + step + keys.length) % keys.length;
      this.open(keys[next]);
      this.tabs[next].button.focus();
    }
    refresh() {
      for (const tab of this.tabs) {
        const size = tab.size(),
          on = tab.key === this.tab;
        tab.button.replaceChildren(tab.label, size ? gm.el('span', { class: 'gm-n', text: gm.number(size) }) : '');
        tab.button.setAttribute('aria-selected', String(on));
        tab.button.tabIndex = on ? 0 : -1;
        tab.body.classList.toggle('on', on);
        if (on) tab.body.replaceChildren(...[tab.fill()].flat().filter(Boolean));
      }
    }
    // Fill every list, for a printer.
    fillAll() {
      for (const tab of this.tabs) tab.body.replaceChildren(...[tab.fill()].flat().filter(Boolean));
    }
    matches(...texts) {
      const wanted = this.filter.value.trim().toLocaleLowerCase();
      return !wanted || texts.some((text) => text && text.toLocaleLowerCase().includes(wanted));
    }
    more(key, rows) {
      if (rows.length <= ROWS_AT_FIRST || this.all[key]) return [rows, null];
      const button = gm.button(
        'Show all ' + gm.number(rows.length),
        () => {
          this.all[key] = true;
          this.refresh();
        },
        { class: 'gm-more-rows' },
      );
      return [rows.slice(0, ROWS_AT_FIRST), button];
    }

    // --- places ---
    places() {
      const { atlas } = this,
        { by, down } = this.sort,
        sign = down ? -1 : 1;
      const collator = new Intl.Collator('en');
      const order = {
        name: (a, b) => collator.compare(a.name, b.name),
        count: (a, b) => a.count - b.count || collator.compare(b.name, a.name),
        documents: (a, b) => a.documents - b.documents || a.count - b.count,
      }[by];
      const found = atlas.ranked
        .filter((p) => this.matches(p.name, p.kind, p.country, p.admin1))
        .sort((a, b) => sign * order(a, b) || a.index - b.index);
      if (!atlas.ranked.length) return gm.el('p', { class: 'gm-empty', text: this.page.emptyText() });
      const [rows, more] = this.more('places', found),
        lit = atlas.litPlaces(),
        documents = atlas.byDocument;
      const head = gm.el(
        'tr',
        {},
        this.heading('name', 'Place'),
        gm.el('td', { class: 'gm-barcell' }),
        documents ? this.heading('documents', 'Docs') : null,
        this.heading('count', 'Mentions'),
      );
      const body = rows.map((place) => {
        const bar = gm.el('span', { class: 'gm-barline' });
        bar.style.width = Math.max(2, (100 * place.count) / atlas.most) + '%';
        return gm.el(
          'tr',
          {
            class: (atlas.is('place', place.index) ? 'on ' : '') + (lit && !lit.has(place) ? 'dim' : ''),
            on: { click: () => this.page.select('place', place.index) },
          },
          gm.el(
            'th',
            { scope: 'row' },
            gm.button(
              '',
              (event) => {
                event.stopPropagation();
                this.page.select('place', place.index, true);
              },
              { class: 'gm-text', 'aria-pressed': String(atlas.is('place', place.index)) },
            ),
            gm.el('span', { class: 'gm-kind', text: this.kindText(place) }),
          ),
          gm.el('td', { class: 'gm-barcell' }, bar),
          documents
            ? gm.el('td', { class: 'gm-num', text: atlas.isDefault ? gm.number(place.documents) : '\u2013' })
            : null,
          gm.el('td', { class: 'gm-num', text: gm.number(place.count) }),
        );
      });
      body.forEach((row, i) => row.querySelector('button').append(gm.name(rows[i].name)));
      const table = gm.el(
        'table',
        {},
        gm.el('caption', { class: 'gm-unseen', text: 'Places by number of mentions' }),
        gm.el('thead', {}, head),
        gm.el('tbody', {}, body),
      );
      return [
        table,
        found.length ? null : gm.el('p', { class: 'gm-empty', text: 'No place has that in its name.' }),
        more,
      ];
    }
    heading(by, label) {
      const on = this.sort.by === by,
        sign = on ? (this.sort.down ? ' \u2193' : ' \u2191') : '';
      const turn = () => {
        this.sort = { by, down: on ? !this.sort.down : by !== 'name' };
        this.refresh();
      };
      return gm.el(
        'th',
        {
          scope: 'col',
          class: by === 'name' ? '' : 'gm-num',
          'aria-sort': on ? (this.sort.down ? 'descending' : 'ascending') : 'none',
        },
        gm.button(label + sign, turn, { class: 'gm-sort' }),
      );
    }
    kindText(place) {
      const country = this.page.countryName(place.country),
        town = place.kind === 'city' && country;
      const parts = town ? [country] : [gm.kindOf(place), place.kind === 'country' ? '' : country];
      if (place.disputed) parts.push('disputed');
      if (place.sure && place.sure < gm.SURE_ENOUGH) parts.push('unsure');
      return parts.filter(Boolean).join(', ');
    }

    // --- actors and links ---
    actors() {
      const { atlas } = this,
        s = atlas.selection;
      if (!atlas.actors.length) return gm.el('p', { class: 'gm-empty', text: 'No actor was recognised.' });
      const found = atlas.actors
        .filter((a) => this.matches(a.name, a.type))
        .sort((a, b) => b.links - a.links || b.mentions - a.mentions || a.index - b.index);
      const [rows, more] = this.more('actors', found);
      return [
        gm.el(
          'ul',
          { class: 'gm-rows' },
          rows.map((actor) =>
            gm.el(
              'li',
              { class: s && s.kind === 'actor' && s.key === actor.index ? 'on' : '' },
              gm.el(
                'button',
                {
                  type: 'button',
                  class: 'gm-row',
                  'aria-pressed': String(atlas.is('actor', actor.index)),
                  on: { click: () => this.page.select('actor', actor.index, true) },
                },
                gm.el(
                  'span',
                  {},
                  gm.name(actor.name, { class: 'gm-strong' }),
                  gm.el('span', {
                    class: 'gm-kind',
                    text: [actor.type, this.page.countryName(actor.base) || 'no known base'].join(', '),
                  }),
                ),
                gm.el('span', { class: 'gm-num', text: actor.links ? gm.count(actor.links, 'link') : '\u2013' }),
              ),
            ),
          ),
        ),
        more,
      ];
    }
    linkPool() {
      return this.atlas.links
        .filter((l) => (l.stated ? this.atlas.showStated : this.atlas.showBeside))
        .sort((a, b) => b.stated - a.stated || this.atlas.weight(b) - this.atlas.weight(a) || a.index - b.index);
    }
    links() {
      const { atlas } = this,
        beside = atlas.links.length - atlas.stated;
      const box = (label, key) =>
        gm.el(
          'label',
          { class: 'gm-check' },
          gm.el('input', {
            type: 'checkbox',
            checked: atlas[key],
            on: {
              change: (event) => {
                atlas[key] = event.target.checked;
                this.page.redraw();
              },
            },
          }),
          label,
        );
      const switches = gm.el(
        'div',
        { class: 'gm-switches' },
        atlas.stated ? box('Stated in a sentence ' + gm.number(atlas.stated), 'showStated') : null,
        beside ? box('Only named side by side ' + gm.number(beside), 'showBeside') : null,
      );
      if (!atlas.links.length)
        return gm.el('p', { class: 'gm-empty', text: 'No link between an actor and a place was found.' });
      const none = atlas.stated
        ? null
        : gm.el('p', {
            class: 'gm-empty',
            text: 'No sentence states a link. Being named side by side is not a relation.',
          });
      const found = this.linkPool().filter((l) => this.matches(l.actor.name, l.place.name, l.relation, l.status));
      const [rows, more] = this.more('links', found);
      return [
        switches,
        none,
        gm.el(
          'ul',
          { class: 'gm-rows' },
          rows.map((link) => gm.el('li', { class: atlas.is('link', link.index) ? 'on' : '' }, this.linkRow(link))),
        ),
        more,
      ];
    }
    linkRow(link) {
      const { atlas } = this;
      return gm.el(
        'button',
        {
          type: 'button',
          class: 'gm-row',
          'aria-pressed': String(atlas.is('link', link.index)),
          on: { click: () => this.page.select('link', link.index, true) },
        },
        gm.el(
          'span',
          {},
          gm.name(link.actor.name, { class: 'gm-strong' }),
          gm.el(
            'span',
            { class: 'gm-relation ' + link.manner },
            link.status === 'denied' ? gm.el('s', { text: link.relation }) : link.relation,
            ' \u2192 ',
          ),
          gm.name(link.place.name, { class: 'gm-strong' }),
          gm.el(
            'span',
            { class: 'gm-kind' },
            link.stated ? (link.status === 'asserted' ? '' : link.status) : 'no relation stated',
            this.page.isDrawn(link)
              ? ''
              : (link.stated && link.status === 'asserted' ? '' : ', ') + 'not drawn: no known base',
          ),
        ),
        gm.el('span', { class: 'gm-num', text: gm.count(atlas.weight(link), atlas.byDocument ? 'doc' : 'sentence') }),
      );
    }

    // --- notes ---
    notes() {
      const { data } = this.atlas,
        list = (items) =>
          gm.el(
            'ul',
            {},
            items.map((item) => gm.el('li', {}, item)),
          );
      const part = (title, ...content) => [gm.el('h3', { text: title }), ...content];
      const out = [
        part(
          'How mentions are counted',
          gm.el(
            'dl',
            {},
            data.roles
              .filter((role) => this.atlas.countOf(role))
              .map((role) => [
                gm.el('dt', {
                  text:
                    role +
                    ' ' +
                    gm.number(this.atlas.countOf(role)) +
                    (data.counted.includes(role) ? '' : ' (not counted by default)'),
                }),
                gm.el('dd', { text: gm.ROLE_HELP[role] || '' }),
              ]),
          ),
        ),
      ];
      if (data.left_out.length) out.push(part('Left out', this.leftOut()));
      if (data.unresolved.length) out.push(part('Names without a place', this.unresolved()));
      if (data.warnings.length) out.push(part('Warnings', list(data.warnings.map((text) => gm.name(text)))));
      out.push(
        part(
          'Sources',
          gm.el(
            'ol',
            { class: 'gm-documents' },
            this.atlas.documents.slice(0, 500).map((d) => gm.el('li', {}, this.source(d))),
          ),
          this.atlas.documents.length > 500
            ? gm.el('p', { text: 'The first 500 of ' + gm.number(this.atlas.documents.length) + ' documents.' })
            : null,
        ),
      );
      out.push(
        part(
          'Credits',
          list([
            ...data.credits.map((text) => gm.name(text)),
            this.page.borderNote(),
            'Map drawn with Leaflet (BSD 2-Clause).',
          ]),
        ),
      );
      if (data.settings.length)
        out.push(
          part(
            'Settings',
            gm.el(
              'dl',
              {},
              data.settings.map(([key, value]) => [gm.el('dt', {}, gm.name(key)), gm.el('dd', {}, gm.name(value))]),
            ),
          ),
        );
      return out.flat();
    }
    leftOut() {
      return gm.el(
        'ul',
        {},
        this.atlas.data.left_out.map(([reason, n, examples]) =>
          gm.el(
            'li',
            {},
            gm.el('b', { text: gm.number(n) + ' ' }),
            gm.name(reason),
            examples.length
              ? gm.el(
                  'span',
                  { class: 'gm-kind' },
                  ': ',
                  examples.flatMap((text, i) => [i ? ', ' : '', gm.name(gm.clip(text, 200))]),
                )
              : null,
          ),
        ),
      );
    }
    unresolved() {
      const rows = this.atlas.data.unresolved;
      return gm.el(
        'ul',
        { class: 'gm-inline' },
        rows
          .slice(0, 300)
          .map(([name, n]) =>
            gm.el(
              'li',
              {},
              gm.name(gm.clip(name, 200)),
              n > 1 ? gm.el('span', { class: 'gm-kind', text: ' \u00d7' + gm.number(n) }) : null,
            ),
          ),
        rows.length > 300 ? gm.el('li', { text: 'and ' + gm.number(rows.length - 300) + ' more' }) : null,
      );
    }
    source(document) {
      return gm.el(
        'span',
        { class: 'gm-source' },
        gm.link(document.title || document.id, document.url),
        [document.source, document.date].filter(Boolean).map((text) => [' \u00b7 ', gm.name(text)]),
      );
    }
  }
  gm.Panel = Panel;
})(window.geomap);
