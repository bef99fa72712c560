// The data of the page: rows become objects, roles decide what counts, a selection decides what is lit.
(function (gm) {
  'use strict';
  // How each way of counting is told to a reader.
  gm.ROLE_HELP = {
    literal: 'the place itself: \u201cin Cairo\u201d',
    metonym: 'a government named by its seat or country: \u201cCairo said\u201d',
    demonym: 'its people: \u201cEgyptian\u201d',
    embedded: 'inside the name of an organisation or a person',
    dateline: 'where the article was filed',
    credit: 'in a byline or a credit line',
    repeated: 'in a headline that is printed twice',
  };
  // Kinds whose name in the data is not a reader's word.
  const KINDS = { admin1: 'province', admin2: 'district', admin3: 'municipality' };
  // What the first division of a country is called where it is not a province.
  const DIVISIONS = {
    state: 'AT AU BR DE FM IN MM MX MY NG PW SD SS US VE',
    governorate: 'BH EG IQ JO KW LB OM SY TN YE',
    region: 'AL BF CI CL CM CZ ER ES ET FR GH GR IS IT ML NA NE NO PE PH RU SN SO TD TG TZ UA UZ',
    county: 'EE HR HU IE KE LR LT RO SE TW',
    department: 'BJ BO CO GT HN HT NI PY SV UY',
    canton: 'BA CH LU',
    prefecture: 'JP',
    emirate: 'AE',
    nation: 'GB',
  };
  const division = (code) => Object.keys(DIVISIONS).find((word) => DIVISIONS[word].split(' ').includes(code));
  // A contested area is neither anyone's province nor anyone's state.
  gm.kindOf = function ({ kind, country, disputed }) {
    if (kind === 'admin1') return disputed ? 'territory' : division(country) || KINDS[kind];
    return KINDS[kind] || kind;
  };
  // How exactly a place is known: a mark must not look more exact than what the text says.
  gm.precision = function (place) {
    if (place.kind === 'country') return 'the country as a whole; the ring marks no spot in it';
    if (place.isArea) return 'an area; the ring stands at one point of it, not where anything happened';
    return place.kind === 'city' ? 'the town, drawn at its centre' : 'the site, drawn as one point';
  };
  // The status of a link, in the four ways an arrow is drawn.
  const MANNER = { asserted: 'fact', hypothetical: 'maybe', planned: 'maybe', requested: 'maybe', denied: 'denied' };

  const quote = (row) => ({
    document: row[0],
    text: row[1],
    marks: row[2],
    role: row[3],
    sure: row[4],
    why: row[5] ?? -1,
    runnerUp: row[6] ?? -1,
    attribution: row[7] ?? -1,
    rule: row[8] ?? -1,
    area: row[9] ?? -1,
  });

  class Atlas {
    constructor(data) {
      this.data = data;
      this.roles = data.roles;
      this.counted = new Set(data.counted);
      this.showStated = true;
      this.showBeside = false;
      this.selection = null;
      this.documents = data.documents.map((d) => ({ id: d[0], title: d[1], source: d[2], date: d[3], url: d[4] }));
      this.places = data.places.map((p, index) => ({
        index,
        id: p[0],
        name: p[1],
        kind: p[2],
        isArea: p[3] === 1,
        country: p[4],
        admin1: p[5],
        lat: p[6],
        lon: p[7],
        box: p[8],
        byRole: p[9],
        documents: p[10],
        sure: p[11],
        disputed: p[12] === 1,
        note: p[13],
        source: p[14],
        quotesInAll: p[15],
        quotes: p[16],
        areasInAll: p[17],
        areas: gm.areasOf(p[18], data.texts),
        count: 0,
        pale: 0,
      }));
      this.actors = data.actors.map((a, index) => ({
        index,
        id: a[0],
        name: a[1],
        type: a[2],
        base: a[3],
        mentions: a[4],
        links: 0,
      }));
      this.links = data.links
        .map((l, index) => ({
          index,
          actor: this.actors[l[0]],
          relation: l[1],
          status: l[2],
          stated: l[3] === 'stated',
          place: this.places[l[4]],
          mentions: l[5],
          documents: l[6],
          quotesInAll: l[7],
          quotes: l[8],
          manner: l[3] === 'stated' ? MANNER[l[2]] : 'beside',
        }))
        .filter((link) => link.actor && link.place);
      for (const link of this.links) if (link.stated) link.actor.links += 1;
      this.countries = new Map(this.places.filter((p) => p.kind === 'country' && p.country).map((p) => [p.country, p]));
      this.stated = this.links.filter((link) => link.stated).length;
      // One article: every link has one document, so sentences tell more.
      this.byDocument = this.documents.length > 1;
      this.recount();
    }
    text(number) {
      return number < 0 ? '' : this.data.texts[number];
    }
    quotes(owner) {
      return owner.quotes.map(quote);
    }
    placeById(id) {
      return this.places.find((place) => place.id === id);
    }

    // Count every place anew under the roles that are switched on.
    recount() {
      const metonym = this.roles.indexOf('metonym');
      for (const place of this.places) {
        place.count = place.byRole.reduce((sum, n, i) => sum + (this.counted.has(this.roles[i]) ? n : 0), 0);
        place.pale = !place.isArea && this.counted.has('metonym') ? place.byRole[metonym] : 0;
      }
      this.ranked = this.places
        .filter((place) => place.count > 0)
        .sort((a, b) => b.count - a.count || a.index - b.index);
      this.mentions = this.ranked.reduce((sum, place) => sum + place.count, 0);
      this.most = this.ranked.length ? this.ranked[0].count : 0;
    }
    countOf(role) {
      const i = this.roles.indexOf(role);
      return this.places.reduce((sum, place) => sum + place.byRole[i], 0);
    }
    // Say whether the roles in use are the ones the atlas was counted with.
    get isDefault() {
      return (
        this.counted.size === this.data.counted.length && this.data.counted.every((role) => this.counted.has(role))
      );
    }
    weight(link) {
      return this.byDocument ? link.documents : link.mentions;
    }
    shownLinks() {
      return this.links.filter((link) => (link.stated ? this.showStated : this.showBeside));
    }

    // --- selection: a place, an actor, one link, or a whole arrow (several links) ---
    select(kind, key) {
      const same = this.selection && this.selection.kind === kind && this.selection.key === key;
      this.selection = same || kind === null ? null : { kind, key };
      return this.selection;
    }
    is(kind, key) {
      return Boolean(this.selection && this.selection.kind === kind && this.selection.key === key);
    }
    linkLit(link) {
      const s = this.selection;
      if (!s) return true;
      if (s.kind === 'place') return link.place.index === s.key || this.baseOf(link.actor) === this.places[s.key];
      if (s.kind === 'actor') return link.actor.index === s.key;
      if (s.kind === 'link') return link.index === s.key;
      return s.kind === 'flow' && link.flow === s.key;
    }
    // The places to light up, or null for all.
    litPlaces() {
      const s = this.selection;
      if (!s) return null;
      const lit = new Set(s.kind === 'place' ? [this.places[s.key]] : []);
      for (const link of this.selectedLinks()) {
        lit.add(link.place);
        if (this.baseOf(link.actor)) lit.add(this.baseOf(link.actor));
      }
      return lit;
    }
    // What is asked for by name is shown even where its kind is switched off: one link, or an actor that has no other.
    selectedLinks() {
      const s = this.selection;
      if (!s) return [];
      const shown = this.shownLinks().filter((link) => this.linkLit(link));
      if (shown.length || s.kind === 'place' || s.kind === 'flow') return shown;
      return this.links.filter((link) => this.linkLit(link));
    }
    // The country an actor comes from, where the atlas itself has that country.
    baseOf(actor) {
      return this.countries.get(actor.base) || null;
    }
  }
  gm.Atlas = Atlas;

  // No estimate is certain, so none is shown as a full 100.
  gm.percent = (percent) => (percent > 99 ? 'over 99 %' : percent + ' %');
  // A probability in words; the number always stands beside it.
  gm.sureness = (percent) =>
    percent >= 95
      ? 'almost certain'
      : percent >= 80
        ? 'very likely'
        : percent >= 60
          ? 'likely'
          : percent >= 40
            ? 'unsure'
            : 'doubtful';
})(window.geomap);
