import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XML_LIMITS, type XmlFault } from './xml-reader.ts';
import { readXmlRecords, textAt, type XmlElement, type XmlPlace } from './xml-records.ts';

interface Read {
  readonly fault: XmlFault | null;
  readonly items: readonly XmlElement[];
  readonly places: readonly XmlPlace[];
  readonly others: readonly string[];
}

/** Reads `doc/item` records of a document cut into pieces of `size` bytes. */
function read(document: string | Uint8Array, size = 1 << 20): Read {
  const bytes = Buffer.from(document);
  const items: XmlElement[] = [];
  const places: XmlPlace[] = [];
  const others: string[] = [];
  function* pieces(): Generator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const fault = readXmlRecords(pieces(), {
    records: {
      '{urn:x}doc/item': (item, place) => {
        items.push(item);
        places.push(place);
        return item.name === 'item' && textAt(item, ['stop']) === '1';
      },
    },
    onOther: (path) => {
      others.push(path);
      return false;
    },
  });
  return { fault, items, places, others };
}

const doc = (inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<x:doc xmlns:x="urn:x">\n${inner}\n</x:doc>`;

describe('records of an XML document', () => {
  it('are handed over one at a time as trees, entities resolved, outer spaces left out, CDATA and comments as text and nothing', () => {
    const { fault, items } = read(
      doc(
        '<item k="v"><a> È &amp; &#232;&lt;<!-- no -->e<![CDATA[<&]]> </a><b/></item>\n<item><c>2</c></item>',
      ),
    );
    expect(fault).toBeNull();
    expect(items.map((item) => [textAt(item, ['a']), textAt(item, ['b']), textAt(item, ['c'])])).toEqual([
      ['È & è<e<&', '', ''],
      ['', '', '2'],
    ]);
    expect([...items[0]!.attributes]).toEqual([['k', 'v']]);
  });

  it('know their ordinal, line and bytes, whatever the size of the pieces they came in', () => {
    const text = doc('<item><a>è€😀</a></item>\r\n  <item ><a>x</a></item><item/>');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), fc.boolean(), (size, mark) => {
        const document = Buffer.from(mark ? `\ufeff${text}` : text);
        const { fault, places } = read(document, size);
        expect(fault).toBeNull();
        expect(places.map(({ ordinal, line }) => [ordinal, line])).toEqual([
          [1, 3],
          [2, 4],
          [3, 4],
        ]);
        expect(places.map((p) => document.toString('utf8', p.startByte, p.endByte))).toEqual([
          '<item><a>è€😀</a></item>',
          '<item ><a>x</a></item>',
          '<item/>',
        ]);
      }),
    );
  });

  it('know their bytes also in long documents of any characters', () => {
    const words = fc.array(fc.constantFrom('a', 'è', '€', '😀', '\n', 'bcdefghij'), { maxLength: 400 });
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 20, maxLength: 60 }),
        fc.integer({ min: 1000, max: 99_000 }),
        (texts, size) => {
          const records = texts.map((word) => `<item>${word.join('')}</item>`);
          const document = Buffer.from(doc(records.join('')));
          const { fault, places } = read(document, size);
          expect(fault).toBeNull();
          expect(places.map((p) => document.toString('utf8', p.startByte, p.endByte))).toEqual(records);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('are known by their namespace: one that is in another is no record, and is told once', () => {
    expect(read('<doc><item/><item/></doc>')).toMatchObject({ fault: null, items: [], others: ['doc'] });
    expect(read('<doc xmlns="urn:x"><item><a/></item></doc>')).toMatchObject({
      fault: null,
      items: [],
      others: ['{urn:x}doc/{urn:x}item'],
    });
    expect(read(doc('<head><item/></head><item/>'))).toMatchObject({
      others: ['{urn:x}doc/head'],
      items: [{ name: 'item' }],
    });
  });

  it('stop where the reader has had enough, and what follows is not looked at', () => {
    const { fault, items } = read(doc('<item><stop>1</stop></item><item></broken>'));
    expect(fault).toBeNull();
    expect(items).toHaveLength(1);
  });

  it('are not kept: a document of many holds the memory of one', () => {
    let seen = 0;
    function* pieces(): Generator<Uint8Array> {
      yield Buffer.from('<x:doc xmlns:x="urn:x">');
      const record = Buffer.from(`<item>${'<a>text</a>'.repeat(50)}</item>`.repeat(100));
      for (let i = 0; i < 400; i++) yield record;
      yield Buffer.from('</x:doc>');
    }
    const before = process.memoryUsage().heapUsed;
    const fault = readXmlRecords(pieces(), {
      records: {
        '{urn:x}doc/item': () => {
          seen++;
          return false;
        },
      },
    });
    expect([fault, seen]).toEqual([null, 40_000]);
    // Kept, they would be some 300 MB.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1024 * 1024);
  });
});

describe('a document is refused', () => {
  const bomb = `<!DOCTYPE d [<!ENTITY a "${'x'.repeat(40)}"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
  const deep = `${'<a>'.repeat(200)}${'</a>'.repeat(200)}`;
  const refused: readonly (readonly [
    title: string,
    document: string | Uint8Array,
    kind: string,
    says: RegExp,
  ])[] = [
    ['that is no XML', 'SIPOP;fornitura', 'syntax', /text data outside of root node/],
    ['that is empty', '', 'syntax', /must contain a root element/],
    ['that is cut short', doc('<item><a>1</a>').slice(0, -9), 'syntax', /unclosed tag: item/],
    ['that is cut within a tag', '<x:doc xmlns:x="urn:x"><it', 'syntax', /unclosed tag/],
    ['whose tags cross', doc('<item><a></item></a>'), 'syntax', /unexpected close tag/],
    ['with two roots', `${doc('')}<again/>`, 'syntax', /./],
    ['with a prefix that stands for nothing', '<x:doc/>', 'syntax', /unbound namespace prefix/],
    ['with an attribute given twice', doc('<item a="1" a="2"/>'), 'syntax', /duplicate attribute/],
    ['with a character that XML has not', doc('<item>\u0001</item>'), 'syntax', /disallowed character/],
    [
      'with a reference to a character that XML has not',
      doc('<item>&#0;</item>'),
      'syntax',
      /malformed character entity/,
    ],
    ['with a document type', `<!DOCTYPE d>${doc('')}`, 'forbidden', /DOCTYPE/],
    ['with a bomb of entities', `${bomb}<d>&b;</d>`, 'forbidden', /DOCTYPE/],
    [
      'with an external entity',
      '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>',
      'forbidden',
      /DOCTYPE/,
    ],
    ['with an external DTD', '<!DOCTYPE d SYSTEM "http://127.0.0.1/d.dtd"><d/>', 'forbidden', /DOCTYPE/],
    ['with an entity that nobody declared', doc('<item>&eacute;</item>'), 'syntax', /undefined entity/],
    [
      'with an entity named like what every object has',
      doc('<item>&constructor;</item>'),
      'syntax',
      /undefined entity/,
    ],
    [
      'that says it is in another encoding',
      '<?xml version="1.0" encoding="ISO-8859-1"?><d/>',
      'encoding',
      /ISO-8859-1/,
    ],
    ['in another encoding', Buffer.from(doc('<item>Forlì</item>'), 'latin1'), 'encoding', /UTF-8/],
    ['in UTF-16', Buffer.from(`\ufeff${doc('')}`, 'utf16le'), 'encoding', /UTF-16/],
    ['with a NUL byte', doc('<item>a\0b</item>'), 'encoding', /NUL/],
    ['of XML 1.1', '<?xml version="1.1"?><d/>', 'syntax', /1\.1/],
    ['of many elements within each other', doc(deep), 'limit', /elements within each other/],
    ['with a long name', doc(`<item><${'n'.repeat(200)}/></item>`), 'limit', /a name/],
    ['with a long text', doc(`<item>${'n'.repeat(XML_LIMITS.text + 1)}</item>`), 'limit', /a text/],
    [
      'with a long text in pieces',
      doc(`<item>${'n'.repeat(2000)}<!---->${'n'.repeat(2000)}<!---->${'n'.repeat(2000)}</item>`),
      'limit',
      /a text/,
    ],
    ['with a long attribute', doc(`<item a="${'n'.repeat(XML_LIMITS.text + 1)}"/>`), 'limit', /an attribute/],
    [
      'with many attributes',
      doc(`<item ${Array.from({ length: 40 }, (_, i) => `a${i}=""`).join(' ')}/>`),
      'limit',
      /attributes/,
    ],
    ['with a record of very many elements', doc(`<item>${'<a/>'.repeat(3000)}</item>`), 'limit', /elements/],
  ];
  it.each(refused)('%s', (_title, document, kind, says) => {
    for (const size of [1, 7, 1 << 20]) {
      const { fault } = read(document, size);
      expect(fault?.kind).toBe(kind);
      expect(fault?.why[1]).toMatch(says);
    }
  });

  it('with the line at which it goes wrong', () => {
    expect(read(doc('<item/>\n<item>&x;</item>')).fault).toMatchObject({ line: 4, column: 9 });
    expect(read(Buffer.from(doc('<item/>\n<item>ì</item>'), 'latin1')).fault).toMatchObject({ line: 4 });
  });

  it.each([
    ['text', '<item>', 'a'],
    ['CDATA', '<item><![CDATA[', '<'],
    ['comment', '<!--', 'a'],
    ['declaration', '<!DOCTYPE d [', '<!ENTITY a "b">'],
    ['tag', '<item ', ' '],
    ['name', '<', 'a'],
    ['attribute', '<item a="', 'a'],
    ['entity', '<item>&', 'a'],
    ['processing instruction', '<?p ', 'a'],
    ['room between records', '', '\n'],
  ])('while it comes, with a %s of 100 MB, not after it was gathered', (_what, before, what) => {
    let given = 0;
    function* pieces(): Generator<Uint8Array> {
      const start = before.startsWith('<!DOCTYPE') ? before : `<x:doc xmlns:x="urn:x">${before}`;
      yield Buffer.from(start);
      const piece = Buffer.alloc(1024 * 1024, what);
      for (; given < 100; given++) yield piece;
    }
    const fault = readXmlRecords(pieces(), { records: { '{urn:x}doc/item': () => false } });
    expect(fault?.kind).toMatch(/limit|forbidden/);
    expect(given).toBe(0);
  });
});
