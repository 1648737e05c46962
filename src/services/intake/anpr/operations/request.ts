/** A request of the national operations, read whole: it is one small record, and nothing of it is acted upon before its end. */
import { readXmlRecords, type XmlElement } from '../../../../platform/xml/xml-records.ts';
import type { Words } from '../../messages/message-rule.ts';
import { OPERATION_KINDS, type OperationKind, REQUEST_KINDS } from './kinds.ts';

/** Far above any request: that of a family of two hundred. */
export const MAX_REQUEST_BYTES = 4 * 1024 ** 2;

export type ReadRequest =
  | { readonly kind: OperationKind; readonly root: XmlElement }
  /** `element` is what stood in the place of a request; '' where nothing could be read. */
  | { readonly kind: null; readonly element: string; readonly why: Words };

export const requestName = (kind: OperationKind): string => `Richiesta${kind}`;

const rootOf = (kind: OperationKind): string => `{${REQUEST_KINDS[kind].namespace}}${requestName(kind)}`;

/** Reads the request of those bytes, or why they are none. */
export function readRequest(bytes: Uint8Array): ReadRequest {
  let found: { readonly kind: OperationKind; readonly root: XmlElement } | null = null;
  let other = '';
  const records = Object.fromEntries(
    OPERATION_KINDS.map((kind) => [
      rootOf(kind),
      (root: XmlElement) => {
        found = { kind, root };
        return false;
      },
    ]),
  );
  const fault = readXmlRecords([bytes], {
    records,
    onOther: (path) => {
      other = path;
      return true;
    },
  });
  if (fault !== null)
    return {
      kind: null,
      element: '',
      why: [
        `riga ${fault.line}, colonna ${fault.column}: il documento ${fault.why[0]}`,
        `line ${fault.line}, column ${fault.column}: the document ${fault.why[1]}`,
      ],
    };
  // The compiler does not see that the reader calls back.
  const read = found as { readonly kind: OperationKind; readonly root: XmlElement } | null;
  if (read !== null) return read;
  return {
    kind: null,
    element: other,
    why: [
      `non è una delle richieste ${OPERATION_KINDS.join(', ')} nel loro spazio dei nomi`,
      `it is none of the requests ${OPERATION_KINDS.join(', ')} in their namespaces`,
    ],
  };
}
