const everywhere = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
];

/** @type {import('next').NextConfig} Plain JavaScript: for TypeScript, each start would load the compiler. */
const config = {
  poweredByHeader: false,
  // Compression holds back event streams; whoever serves Millrace to the world puts a proxy in front.
  compress: false,
  // `npm run check` checks the types, of more files than are built.
  typescript: { ignoreBuildErrors: true },
  // A lock file in a folder above must not make Next take that folder for the project.
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: ['pg', 'pino', 'prom-client', 'undici'],
  // Each page is loaded when it is first asked for: a start need not wait for all of them.
  experimental: { preloadEntriesOnStart: false },
  headers: async () => [{ source: '/:path*', headers: everywhere }],
};

export default config;
