/** Addresses of the application, a task each; each task's code is fetched when first gone to. No address holds anything of a person. */
import { createBrowserRouter } from 'react-router';
import { Waiting } from '../components/Waiting.tsx';
import { NotFound, PageFailed } from './Failed.tsx';
import { Shell } from './Shell.tsx';

export const router = createBrowserRouter([
  {
    path: '/',
    element: <Shell />,
    errorElement: <PageFailed />,
    hydrateFallbackElement: <Waiting />,
    children: [
      { index: true, lazy: async () => ({ Component: (await import('../features/home/Home.tsx')).Home }) },
      {
        path: 'cerca/:visit?',
        lazy: async () => ({ Component: (await import('../features/search/SearchPage.tsx')).SearchPage }),
      },
      {
        path: 'persona/:visit',
        lazy: async () => ({ Component: (await import('../features/person/PersonPage.tsx')).PersonPage }),
      },
      {
        path: 'verifica',
        lazy: async () => ({
          Component: (await import('../features/verification/VerifyPage.tsx')).VerifyPage,
        }),
      },
      {
        path: 'accessibilita',
        lazy: async () => ({
          Component: (await import('../features/help/Statements.tsx')).AccessibilityStatement,
        }),
      },
      {
        path: 'riservatezza',
        lazy: async () => ({ Component: (await import('../features/help/Statements.tsx')).PrivacyStatement }),
      },
      {
        path: 'invito',
        lazy: async () => ({ Component: (await import('../features/sign-in/FirstUse.tsx')).FirstUse }),
      },
      {
        path: 'chiavi-perse',
        lazy: async () => ({ Component: (await import('../features/sign-in/LostKeys.tsx')).LostKeys }),
      },
      {
        path: 'chiavi-colleghi',
        lazy: async () => ({
          Component: (await import('../features/keys/ColleaguesPage.tsx')).ColleaguesPage,
        }),
      },
      {
        path: 'chiavi',
        lazy: async () => ({ Component: (await import('../features/keys/KeysPage.tsx')).KeysPage }),
      },
      {
        path: 'ricevute',
        lazy: async () => ({
          Component: (await import('../features/verification/ReceiptPage.tsx')).ReceiptPage,
        }),
      },
      {
        path: 'indirizzo/:visit?',
        lazy: async () => ({ Component: (await import('../features/address/AddressPage.tsx')).AddressPage }),
      },
      {
        path: 'popolazione',
        lazy: async () => ({
          Component: (await import('../features/population/PopulationPage.tsx')).PopulationPage,
        }),
      },
      {
        path: 'forniture',
        lazy: async () => ({
          Component: (await import('../features/supplies/SuppliesPage.tsx')).SuppliesPage,
        }),
      },
      {
        path: 'forniture/:year/:number',
        lazy: async () => ({ Component: (await import('../features/supplies/OutcomePage.tsx')).OutcomePage }),
      },
      {
        path: 'segnalazioni',
        lazy: async () => ({
          Component: (await import('../features/supplies/FindingsPage.tsx')).FindingsPage,
        }),
      },
      {
        path: 'amministrazione',
        lazy: async () => ({
          Component: (await import('../features/administration/AdministrationPage.tsx')).AdministrationPage,
        }),
      },
      {
        path: 'confronto',
        lazy: async () => ({ Component: (await import('../features/review/ReviewPage.tsx')).ReviewPage }),
      },
      {
        path: 'verifica/file',
        lazy: async () => ({ Component: (await import('../features/verification/BatchPage.tsx')).BatchPage }),
      },
      {
        path: 'manuale',
        lazy: async () => ({ Component: (await import('../features/help/ManualPage.tsx')).ManualPage }),
      },
      {
        path: 'controllo',
        lazy: async () => ({ Component: (await import('../features/audit/AuditPage.tsx')).AuditPage }),
      },
      {
        path: 'miei-dati',
        lazy: async () => ({ Component: (await import('../features/own/OwnPage.tsx')).OwnPage }),
      },
      {
        path: 'accesso/ritorno',
        lazy: async () => ({ Component: (await import('../features/sign-in/OidcReturn.tsx')).OidcReturn }),
      },
      { path: '*', element: <NotFound /> },
    ],
  },
]);
