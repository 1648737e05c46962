/** Every element of the official schema is read, or is said not to be (subentro-mapping.ts): none is SIP-020 (skipped without the schema). */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { childOf, readXmlFile, type XmlElement } from '../../../platform/xml/xml-records.ts';
import { UnknownElements } from './known-elements.ts';
import { CONVIVENZA, FAMIGLIA, SOGGETTO, SUBENTRO } from './subentro-mapping.ts';

const XSD = '../shared/reference/anpr-xsd';
const FILES = ['vocabolarioSubentro.xsd', 'tipoDato.xsd'];
if (!existsSync(XSD)) console.log(`skipped: ${XSD} is not here`);

const xs = (name: string): string => `{http://www.w3.org/2001/XMLSchema}${name}`;
const local = (name: string): string => name.replace(/^.*:/, '');

/** The complex types of the schema by name. */
function typesOf(): ReadonlyMap<string, XmlElement> {
  const types = new Map<string, XmlElement>();
  for (const file of FILES) {
    const fault = readXmlFile(join(XSD, file), {
      records: {
        [`${xs('schema')}/${xs('complexType')}`]: (type) => {
          types.set(type.attributes.get('name') ?? '', type);
          return false;
        },
      },
    });
    expect(fault).toBeNull();
  }
  return types;
}

/** An element with everything that its type lets it hold, each once. */
function fullest(name: string, type: string, types: ReadonlyMap<string, XmlElement>): XmlElement {
  const children: XmlElement[] = [];
  const gather = (element: XmlElement): void => {
    for (const child of element.children) {
      const base =
        child.name === xs('extension') ? types.get(local(child.attributes.get('base') ?? '')) : undefined;
      if (base !== undefined) gather(base);
      if (child.name !== xs('element')) gather(child);
      else
        children.push(
          fullest(child.attributes.get('name')!, local(child.attributes.get('type') ?? ''), types),
        );
    }
  };
  const own = types.get(type);
  if (own !== undefined) gather(own);
  return { name, line: 1, attributes: new Map(), text: '', children };
}

const KINDS = [
  [SOGGETTO, 'soggetto', 'tipoGeneralitaSoggetto'],
  [FAMIGLIA, 'famiglia', 'tipoFamiglieSub'],
  [CONVIVENZA, 'convivenza', 'tipoFamiglieSub'],
] as const;

describe.skipIf(!existsSync(XSD))('the elements of subentro.xsd', () => {
  const types = existsSync(XSD) ? typesOf() : new Map<string, XmlElement>();

  it.each(KINDS)('within %s are all known', (record, name, type) => {
    const unknown = new UnknownElements();
    const card = fullest(name, type, types);
    expect(card.children.length).toBeGreaterThan(8);
    unknown.look(record, card, 'subentro.xml');
    expect([...unknown.found.keys()]).toEqual([]);
  });

  it.each(KINDS)('hold every element that the rules for %s read', (record, name, type) => {
    const card = fullest(name, type, types);
    const missing = SUBENTRO.filter((mapping) => mapping.record === record)
      .flatMap(({ rules }) => rules.flatMap(({ from }) => from.map(({ path }) => path)))
      .filter((path) => {
        let at: XmlElement | null = card;
        for (const part of path.split('/')) at = at === null ? null : childOf(at, part);
        return at === null;
      });
    expect(missing).toEqual([]);
  });
});
