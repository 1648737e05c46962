/** The receipt of a verification: a PDF to print or to send, whose QR code anybody may check. */
import { useMutation } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { useWords, words } from '../../app/language.tsx';
import { saveFile } from '../../components/files.ts';
import { Icon } from '../../components/Icon.tsx';
import { Problem } from '../../components/Notice.tsx';

const WORDS = words({
  it: { save: 'Scarica la ricevuta (PDF)', print: 'Stampa questa pagina', name: 'ricevuta-sipop.pdf' },
  en: { save: 'Download the receipt (PDF)', print: 'Print this page', name: 'sipop-receipt.pdf' },
});

export function Receipt({ token }: { readonly token: string }) {
  const say = useWords(WORDS);
  const pdf = useMutation({
    mutationFn: () => call('receiptPdf', { ricevuta: token }),
    onSuccess: (file) => saveFile(say.name, file),
  });
  return (
    <>
      <div className="actions">
        <button
          type="button"
          className="btn btn-primary"
          disabled={pdf.isPending}
          onClick={() => pdf.mutate()}
        >
          <Icon name="download" small /> {say.save}
        </button>
        <button type="button" className="btn btn-outline-primary" onClick={() => window.print()}>
          <Icon name="print" small /> {say.print}
        </button>
      </div>
      {pdf.error ? <Problem error={pdf.error} /> : null}
    </>
  );
}
