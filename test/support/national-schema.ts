/** The official schemas of the national register, read where they lie; tests that need them skip where they are not. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const XSD = '../shared/reference/anpr-xsd';
export const schemasPresent = existsSync(XSD);

/** A schema ready to be asked what it finds wrong with a document. */
export async function schemaOf(name: string): Promise<(xml: string | Buffer) => string[]> {
  const { XmlDocument, XmlValidateError, XsdValidator, xmlRegisterInputProvider } = await import(
    'libxml2-wasm'
  );
  const { fsInputProviders } = await import('libxml2-wasm/lib/nodejs.mjs');
  xmlRegisterInputProvider(fsInputProviders);
  const url = join(XSD, name);
  const validator = XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(url), { url }));
  return (xml) => {
    const document = typeof xml === 'string' ? XmlDocument.fromString(xml) : XmlDocument.fromBuffer(xml);
    try {
      validator.validate(document);
      return [];
    } catch (error) {
      if (!(error instanceof XmlValidateError)) throw error;
      return error.details.map((detail) => detail.message.trim());
    } finally {
      document.dispose();
    }
  };
}
