// SPDX-License-Identifier: Apache-2.0
// The log-in and the public page of a letter stand alone and are small; everything else comes with the frame.
import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { queries } from '@/api/client'
import { LogIn } from '@/pages/log-in/LogIn'
import './style.css'

const Inside = lazy(() => import('@/frame/Inside'))
const Verify = lazy(() => import('@/pages/verify/Verify'))

const router = createBrowserRouter([
  { path: '/log-in', element: <LogIn /> },
  { path: '/verify/:code?', element: <Verify /> },
  { path: '*', element: <Inside /> },
])

createRoot(document.getElementById('console') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Suspense>
        <RouterProvider router={router} />
      </Suspense>
    </QueryClientProvider>
  </StrictMode>,
)
