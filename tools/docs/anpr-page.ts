/** The table of correspondence of subentro.xml (tracciato.md 5), from the rules that read it. Pure. */
import { READINGS } from '../../src/services/intake/anpr/rules.ts';
import {
  CONVIVENZA,
  FAMIGLIA,
  NOT_READ,
  ROOT,
  type RowMapping,
  SOGGETTO,
  SUBENTRO,
} from '../../src/services/intake/anpr/subentro-mapping.ts';
import { SUBENTRO_TOTALS } from '../../src/services/intake/anpr/subentro-totals.ts';

const inShort = (record: string): string => record.replace(ROOT, 'subentro');

function mappingTable({ table, record, where, rules, constants }: RowMapping): string {
  const rows = new Map<string, readonly string[]>();
  for (const { column, from, by } of rules) {
    const elements = from.map(({ path, status }) =>
      status === undefined ? `\`${path}\`` : `\`${path}\` (stato civile / civil status ${status.join(', ')})`,
    );
    const [it, en] = READINGS[by].words;
    rows.set(column, [elements.join('; altrimenti / else '), by === 'text' ? '' : `${it} / ${en}`]);
  }
  for (const { column, value, why } of constants)
    rows.set(column, [
      value === '' ? '(vuota / empty)' : `sempre / always \`${value}\``,
      `${why[0]} / ${why[1]}`,
    ]);
  const columns = table.columns.filter(({ name }) => rows.has(name));
  const absent = table.columns.filter(({ name }) => !rows.has(name)).map(({ name }) => `\`${name}\``);
  return [
    `\n## ${table.name}, da / from \`${inShort(record)}${where === '' ? '' : `/${where}`}\`\n\n`,
    '| colonna / column | elemento / element | come / how |\n| --- | --- | --- |\n',
    ...columns.map(({ name }) => `| ${name} | ${rows.get(name)!.join(' | ')} |\n`),
    absent.length === 0 ? '' : `\nL’XML non le dice / the XML does not say: ${absent.join(', ')}.\n`,
  ].join('');
}

/** @param made what says that the page is made from the code */
export function anprSubentroPage(made: string): string {
  const notRead = [SOGGETTO, FAMIGLIA, CONVIVENZA].map((record) => [
    `\n### \`${inShort(record)}\`\n\n| elemento / element | perché / why |\n| --- | --- |\n`,
    ...NOT_READ[record]!.map(([path, why]) => `| \`${path}\` | ${why[0]} / ${why[1]} |\n`),
  ]);
  return [
    `# Subentro ANPR: tabella di corrispondenza / table of correspondence\n\n${made}`,
    'Elementi di `subentro.xml` e colonne del tracciato SIPOP che ne vengono. Un elemento assente o vuoto non afferma nulla. L’indirizzo di una famiglia o convivenza (specie … senza_fissa_dimora) è\n',
    'quello della residenza di chi la intesta (relazione 1), o del primo componente nell’ordine dei file. / Elements of `subentro.xml` and the columns of the tracciato SIPOP that come of them. An element\n',
    'that is absent or empty asserts nothing. The address of a famiglia or convivenza is that of its head (relazione 1), or else of its first member in the order of the files.\n',
    ...SUBENTRO.map(mappingTable),
    '\n## Totali / totals\n\n| datiFornitura | | datiInvio | |\n| --- | --- | --- | --- |\n',
    ...SUBENTRO_TOTALS.map(
      ({ supply, part }) => `| ${supply[0]} | ${supply[1]} | ${part[0]} | ${part[1]} |\n`,
    ),
    '\n## Ciò che non ha una colonna / what no column has a place for\n\n',
    'Questi elementi, e quelli che contengono salvo quanto sopra, si passano senza dirlo; un elemento che non è nello schema è SIP-020. / These elements, with all that they hold but for the above, are passed over; one that is not in the schema is SIP-020.\n',
    ...notRead.flat(),
  ].join('');
}
