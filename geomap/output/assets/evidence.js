// The sentences behind whatever is selected, with the very words marked, and why each place is where it is.
(function (gm) {
  'use strict';
  const MARKS = ['gm-mark-place', 'gm-mark-actor', 'gm-mark-trigger', 'gm-mark-area'];

  class Evidence {
    constructor(panel) {
      this.panel = panel;
      this.page = panel.page;
      this.atlas = panel.atlas;
      this.box = gm.el('section', { class: 'gm-detail', 'aria-label': 'Evidence', tabindex: '-1', hidden: true });
    }
    show(byKeyboard) {
      const s = this.atlas.selection,
        { box } = this;
      box.hidden = !s;
      this.panel.root.classList.toggle('gm-has-detail', Boolean(s));
      if (!s) {
        box.replaceChildren();
        return;
      }
      const content = {
        place: () => this.aboutPlace(this.atlas.places[s.key]),
        actor: () => this.aboutActor(this.atlas.actors[s.key]),
        link: () => this.aboutLinks(),
        flow: () => this.aboutLinks(),
      }[s.kind]();
      box.replaceChildren(
        gm.button('\u00d7', () => this.page.select(null), {
          class: 'gm-close',
          'aria-label': 'Close and show everything again (Escape)',
        }),
        ...content.flat(9).filter(Boolean),
      );
      box.scrollTop = 0;
      if (byKeyboard) box.focus({ preventScroll: true });
    }
    title(name, kind) {
      return gm.el('h2', {}, gm.name(name), gm.el('span', { class: 'gm-kind', text: kind }));
    }
    aboutPlace(place) {
      const { atlas } = this,
        roles = atlas.roles.map((role, i) => [role, place.byRole[i]]).filter(([, n]) => n);
      const links = atlas.links
        .filter((l) => l.place === place || atlas.baseOf(l.actor) === place)
        .filter((l) => l.stated || atlas.showBeside);
      const where = [
        gm.kindOf(place),
        place.admin1 === place.name ? '' : place.admin1,
        place.kind === 'country' ? '' : this.page.countryName(place.country),
      ]
        .filter(Boolean)
        .join(', ');
      return [
        this.title(place.name, where),
        gm.el(
          'p',
          {},
          gm.el('b', { text: gm.count(place.count, 'mention') }),
          atlas.byDocument && atlas.isDefault ? ' in ' + gm.count(place.documents, 'document') : '',
          ': ',
          roles.map(([role, n]) => n + ' ' + role + (atlas.counted.has(role) ? '' : ' (not counted)')).join(', ') ||
            'none',
          '.',
        ),
        place.sure
          ? gm.el(
              'p',
              { class: 'gm-sure' },
              'Right place? ',
              gm.el('b', { text: gm.sureness(place.sure) }),
              ' (' + gm.percent(place.sure) + (place.quotesInAll > 1 ? ' on average)' : ')'),
            )
          : null,
        gm.el('p', { class: 'gm-precision', text: 'Precision: ' + gm.precision(place) + '.' }),
        gm.areaList(this.page, place),
        place.disputed || place.note
          ? gm.el(
              'p',
              { class: 'gm-note' },
              gm.el('b', { text: place.disputed ? 'Disputed. ' : 'Note. ' }),
              gm.name(place.note || 'Whose it is, is contested.'),
            )
          : null,
        this.linkList(
          links.filter((l) => l.place === place),
          'to it',
        ),
        this.linkList(
          links.filter((l) => l.place !== place),
          'by actors from here',
        ),
        place.quotes.length ? gm.el('h3', { text: 'Sentences' }) : null,
        this.quotes(place, true),
        gm.el(
          'p',
          { class: 'gm-kind' },
          place.lat.toFixed(3) + ', ' + place.lon.toFixed(3),
          ' \u00b7 ',
          gm.name(place.id),
          place.source ? [' \u00b7 ', gm.name(place.source)] : null,
        ),
      ];
    }
    aboutActor(actor) {
      const links = this.atlas.selectedLinks();
      return [
        this.title(actor.name, actor.type),
        gm.el('p', {
          text:
            (actor.base
              ? 'Home country: ' + this.page.countryName(actor.base) + '. '
              : 'No known home country: its links are listed, not drawn. ') +
            'Named ' +
            gm.count(actor.mentions, 'time') +
            '.',
        }),
        links.length ? null : gm.el('p', { class: 'gm-empty', text: 'No link to a place was found.' }),
        links.map((link) => this.linkWithQuotes(link)),
      ];
    }
    aboutLinks() {
      const links = this.atlas.selectedLinks(),
        [first] = links;
      if (!first) return [];
      return [
        gm.el(
          'h2',
          {},
          gm.name(
            links.length === 1 || links.every((l) => l.actor === first.actor)
              ? first.actor.name
              : this.page.countryName(first.actor.base),
          ),
          ' \u2192 ',
          gm.name(first.place.name),
        ),
        links.map((link) => this.linkWithQuotes(link)),
      ];
    }
    linkList(links, where) {
      if (!links.length) return null;
      const here = this.atlas.places[this.atlas.selection.key];
      const names = [...new Set(links.map((l) => (l.place === here ? l.actor : l.place).name))];
      return gm.el(
        'details',
        { class: 'gm-linked' },
        gm.el(
          'summary',
          {},
          gm.count(links.length, 'link') + ' ' + where + ': ',
          names.slice(0, 3).map((name, i) => [i ? ', ' : '', gm.name(gm.clip(name, 60))]),
          names.length > 3 ? ' and others' : '',
        ),
        gm.el(
          'ul',
          { class: 'gm-rows' },
          links.slice(0, 30).map((link) => gm.el('li', {}, this.panel.linkRow(link))),
        ),
        links.length > 30
          ? gm.el('p', { class: 'gm-kind', text: 'and ' + (links.length - 30) + ' more, in the list of links' })
          : null,
      );
    }
    linkWithQuotes(link) {
      const status = link.stated
        ? link.status === 'asserted'
          ? 'stated as fact'
          : link.status
        : 'named side by side: no relation stated';
      return [
        gm.el(
          'h3',
          { class: 'gm-linkhead' },
          gm.name(link.actor.name),
          gm.el(
            'span',
            { class: 'gm-relation ' + link.manner },
            link.status === 'denied' ? gm.el('s', { text: link.relation }) : link.relation,
            ' \u2192 ',
          ),
          gm.name(link.place.name),
          gm.el('span', {
            class: 'gm-kind',
            text:
              status +
              ' \u00b7 ' +
              gm.count(link.mentions, 'sentence') +
              (this.atlas.byDocument ? ' in ' + gm.count(link.documents, 'document') : ''),
          }),
        ),
        this.quotes(link, false),
      ];
    }
    // Sentences by document; one sentence that names the place twice is shown once, with both marks.
    quotes(owner, why) {
      const { atlas } = this,
        blocks = [],
        byDocument = new Map();
      for (const quote of atlas.quotes(owner)) {
        if (!byDocument.has(quote.document)) byDocument.set(quote.document, new Map());
        const texts = byDocument.get(quote.document),
          same = texts.get(quote.text);
        if (same) same.push(quote);
        else texts.set(quote.text, [quote]);
      }
      for (const [number, texts] of byDocument) {
        const document = atlas.documents[number];
        if (document && atlas.byDocument) blocks.push(gm.el('p', { class: 'gm-from' }, this.panel.source(document)));
        for (const group of texts.values()) blocks.push(this.block(group, why));
      }
      if (owner.quotesInAll > owner.quotes.length) {
        blocks.push(
          gm.el('p', {
            class: 'gm-kind',
            text:
              gm.number(owner.quotes.length) +
              ' of ' +
              gm.number(owner.quotesInAll) +
              ' sentences, taken evenly; geomap parse writes them all.',
          }),
        );
      }
      if (why && blocks.length && !atlas.byDocument && atlas.documents.length)
        blocks.push(gm.el('p', { class: 'gm-from' }, this.panel.source(atlas.documents[0])));
      return blocks;
    }
    block(group, why) {
      const { atlas } = this,
        [first] = group,
        role = atlas.roles[first.role];
      const said = atlas.text(first.attribution);
      const tags = [
        role && !['literal', undefined].includes(role) ? role + (atlas.counted.has(role) ? '' : ', not counted') : '',
        said ? 'according to: ' + said : '',
      ].filter(Boolean);
      return gm.el(
        'blockquote',
        { dir: 'auto', class: why ? '' : 'gm-of-link' },
        this.marked(
          atlas.text(first.text),
          group.flatMap((quote) => quote.marks),
        ),
        tags.length ? gm.el('div', { class: 'gm-kind', dir: 'auto', text: tags.join(' \u00b7 ') }) : null,
        [...new Set(group.map((quote) => atlas.text(quote.area)))].filter(Boolean).map(gm.areaNote),
        why && (first.why >= 0 || first.sure) ? this.why(first) : null,
      );
    }
    why(quote) {
      const { atlas } = this,
        rival = atlas.text(quote.runnerUp),
        rule = atlas.text(quote.rule);
      return gm.el(
        'details',
        { class: 'gm-why', dir: 'ltr' },
        gm.el('summary', {
          text: 'Why here? ' + (quote.sure ? gm.sureness(quote.sure) + ' (' + gm.percent(quote.sure) + ')' : ''),
        }),
        gm.el('p', {}, gm.name(atlas.text(quote.why) || 'No reason was recorded.')),
        rival ? gm.el('p', {}, 'Next best: ', gm.name(rival)) : null,
        rule ? gm.el('p', {}, 'Taken for a place: ', gm.name(rule)) : null,
      );
    }
    // Marks are offsets, so exactly the words that were meant are marked, and nothing is searched for.
    marked(text, flat) {
      const marks = [];
      for (let i = 0; i < flat.length; i += 3) marks.push({ start: flat[i], end: flat[i + 1], kind: flat[i + 2] });
      marks.sort((a, b) => a.start - b.start || b.end - a.end);
      const parts = [];
      let at = 0;
      for (const mark of marks) {
        if (mark.start < at || mark.end > text.length) continue;
        parts.push(
          text.slice(at, mark.start),
          gm.el('mark', { class: MARKS[mark.kind], text: text.slice(mark.start, mark.end) }),
        );
        at = mark.end;
      }
      return [...parts, text.slice(at)];
    }
  }
  gm.Evidence = Evidence;
})(window.geomap);
