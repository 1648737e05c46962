/** An address in one line, as it is written on an envelope. Pure. */
export interface Address {
  readonly [part: string]: string | undefined;
}

export function addressLine(a: Address | undefined): string {
  if (a === undefined) return '';
  const number = [a['civico'], a['esponente']].filter(Boolean).join('/');
  const street = [a['specie'], a['toponimo'], number].filter(Boolean).join(' ');
  return [
    street,
    a['scala'] ? `scala ${a['scala']}` : '',
    a['piano'] ? `piano ${a['piano']}` : '',
    a['interno'] ? `int. ${a['interno']}` : '',
    a['frazione'] ? `fraz. ${a['frazione']}` : '',
  ]
    .filter(Boolean)
    .join(', ');
}
