const ALLOWED_ORIGINS = [
  'https://app.lanternes.example',
  'https://lanternes-vitrine.atelier-lanternes.workers.dev',
  'http://localhost:8788',
];

export function corsHeaders(request: Request): Record<string, string> {
  const origin = request.headers.get('Origin') ?? '';
  if (!ALLOWED_ORIGINS.includes(origin)) return {};
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
    'Access-Control-Allow-Headers': 'Content-Type, Cf-Access-Jwt-Assertion',
    Vary: 'Origin',
  };
}
