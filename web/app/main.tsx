/** The first page: providers, then the routes. */
import './style.scss';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { ApiProblem } from '../api/client.ts';
import { LanguageProvider } from './language.tsx';
import { router } from './routes.tsx';
import { SessionProvider } from './session.tsx';
import { TaskProvider } from './task.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // Every look is recorded: nothing is asked again because a window came to the front.
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: 5 * 60_000,
      retry: (times, error) =>
        times < 2 && error instanceof ApiProblem && (error.status === 0 || error.status === 503),
    },
  },
});

const place = document.getElementById('app');
if (place === null) throw new Error('no place for the application');
createRoot(place).render(
  <StrictMode>
    <LanguageProvider>
      <QueryClientProvider client={queries}>
        <SessionProvider>
          <TaskProvider>
            <RouterProvider router={router} />
          </TaskProvider>
        </SessionProvider>
      </QueryClientProvider>
    </LanguageProvider>
  </StrictMode>,
);
