// What every part of the page uses: elements, numbers, unpacking.  Foreign text becomes text nodes, never markup.
window.geomap = window.geomap || {};
(function (gm) {
  'use strict';
  const SVG = 'http://www.w3.org/2000/svg';

  function dress(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === 'text') node.textContent = value;
      else if (name === 'on') for (const event of Object.keys(value)) node.addEventListener(event, value[event]);
      else node.setAttribute(name, value === true ? '' : value);
    }
    for (const child of children.flat(Infinity))
      if (child !== null && child !== undefined && child !== '') node.append(child);
    return node;
  }
  gm.el = (tag, attributes, ...children) => dress(document.createElement(tag), attributes, children);
  gm.svg = (tag, attributes, ...children) => dress(document.createElementNS(SVG, tag), attributes, children);

  // A button that looks like the text it is.
  gm.button = (label, onClick, attributes) =>
    gm.el('button', { type: 'button', text: label, on: { click: onClick }, ...attributes });

  // Foreign names may run right to left: each stands in its own isolated run.
  gm.name = (text, attributes) => gm.el('bdi', { text, ...attributes });

  // A link only where the address is one a browser may follow; else plain text.
  gm.link = (label, address) =>
    /^https?:\/\//i.test(address || '')
      ? gm.el('a', { href: address, rel: 'noopener noreferrer', target: '_blank', text: label, dir: 'auto' })
      : gm.el('span', { text: label, dir: 'auto' });

  const numbers = new Intl.NumberFormat('en');
  gm.number = (n) => numbers.format(n);
  gm.count = (n, one, many) => gm.number(n) + ' ' + (n === 1 ? one : many || one + 's');
  gm.clip = (text, length) => (text.length > length ? text.slice(0, length - 1) + '\u2026' : text);
  gm.clamp = (value, low, high) => Math.min(high, Math.max(low, value));

  // Bytes of a gzipped block.
  gm.unpack = async function (element) {
    const text = atob(element.textContent.trim()),
      bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };
  gm.readJson = async function (element) {
    if (element.type === 'application/json') return JSON.parse(element.textContent);
    return JSON.parse(new TextDecoder().decode(await gm.unpack(element)));
  };

  // The meridian of `lon` that is nearest to `centre`: the world repeats every 360 degrees.
  gm.near = (lon, centre) => lon + 360 * Math.round((centre - lon) / 360);
})(window.geomap);
