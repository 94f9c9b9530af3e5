import type { Env } from './env';

export async function thank(email: string, env: Env): Promise<void> {
  await fetch('https://api.courrier.example/v2/messages', {
    method: 'POST',
    headers: { Authorization: `Bearer ${env.MAIL_API_KEY}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ to: email, template: 'bienvenue' }),
  });
}
