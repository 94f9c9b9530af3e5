import { describe, expect, test } from 'vitest';
import { classify, isSecretName } from './value-class.ts';

describe('isSecretName', () => {
  test.each(
    `DB_PASSWORD POSTGRES_PASSWORD MYSQL_ROOT_PASSWORD SECRET_KEY JWT_SECRET API_KEY OPENAI_API_KEY AWS_SECRET_ACCESS_KEY
     STRIPE_SECRET_KEY GITHUB_TOKEN SMTP_PASS REDIS_PWD SECRET_KEY_BASE APP_KEY PRIVATE_KEY ENCRYPTION_KEY
     SUPABASE_SERVICE_ROLE_KEY WEBHOOK_SECRET MINIO_ACCESS_KEY TELEGRAM_BOT_TOKEN CLIENT_SECRET AUTH_SALT apiKey
     GOOGLE_CREDENTIALS PASSWORD_2 TOKEN_SECRET POSTGRES_PW`.split(/\s+/),
  )('%s is', (name) => {
    expect(isSecretName(name)).toBe(true);
  });
  test.each(
    `AWS_ACCESS_KEY_ID NEXT_PUBLIC_API_KEY STRIPE_PUBLISHABLE_KEY VAPID_PUBLIC_KEY SUPABASE_ANON_KEY RECAPTCHA_SITE_KEY
     ACCESS_TOKEN_EXPIRE_MINUTES JWT_EXPIRES_IN TOKEN_TTL PASSWORD_MIN_LENGTH MAX_TOKENS OPENAI_MAX_TOKENS SECRET_NAME
     TLS_KEY_PATH GOOGLE_APPLICATION_CREDENTIALS_FILE PASSWORD_FILE TOKEN_URL API_KEY_HEADER PWD JWT_ALGORITHM
     SSH_PRIVATE_KEY_PATH ENABLE_TOKEN_AUTH SECRET_ARN CACHE_KEY PRIMARY_KEY KEYCLOAK_REALM TOKENIZER_MODEL BYPASS
     COMPASS SECRETARY_EMAIL TOKEN_ADDRESS REDIS_URL PASSWORD_RESET_TIMEOUT CACHE_KEY_PREFIX`.split(/\s+/),
  )('%s is not', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

/** Put together here, so that no detector takes this file for one that leaks. */
const issued = (prefix: string) => `${prefix}a8Zq4Lm9Xc2Vb7Nw1Ks6Tp3R`;

describe('classify', () => {
  test.each([
    ['DB_PASSWORD', '', 'empty'],
    ['DB_PASSWORD', 'changeme', 'placeholder'],
    ['DB_PASSWORD', '<password>', 'placeholder'],
    ['API_KEY', 'your_api_key_here', 'placeholder'],
    ['API_KEY', 'your-api-key', 'placeholder'],
    ['API_KEY', 'sk-xxxxxxxxxxxxxxxx', 'placeholder'],
    ['API_KEY', 'sk-...', 'placeholder'],
    ['API_KEY', 'TODO', 'placeholder'],
    ['API_KEY', 'set_it', 'placeholder'],
    ['API_KEY', 'yourapikeyhere', 'placeholder'],
    ['API_KEY', 'xxx', 'placeholder'],
    ['TELEGRAM_BOT_TOKEN', 'demo', 'placeholder'],
    ['DB_PASSWORD', 'demo', 'weak'],
    ['AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'placeholder'],
    ['SECRET_KEY', 'replace-with-a-long-random-string', 'placeholder'],
    ['API_KEY', 'remplacer-par-votre-cle', 'placeholder'],
    ['DB_PASSWORD', 'postgres', 'default'],
    ['DB_PASSWORD', 'Password', 'default'],
    ['DB_PASSWORD', 'minioadmin', 'default'],
    ['JWT_SECRET', 'supersecret', 'default'],
    ['SA_PASSWORD', 'yourStrong(!)Password', 'default'],
    ['DB_PASSWORD', 'hunter2', 'weak'],
    ['DB_PASSWORD', 'myapp_password', 'weak'],
    ['JWT_SECRET', 'my-super-secret-jwt-key', 'weak'],
    ['JWT_SECRET', 'jwt_secret_key_1234567890', 'weak'],
    ['SECRET_KEY', 'dev-secret-key-not-for-production', 'weak'],
    ['SECRET_KEY', 'aaaaaaaaaaaaaaaaaaaaaaaa', 'weak'],
    ['SESSION_SECRET', 'session_secret', 'weak'],
    ['JWT_SECRET', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 'strong'],
    ['JWT_SECRET', 'kP2vX9qLw7ZtB4nM', 'strong'],
    ['OPENAI_API_KEY', issued('sk-proj-'), 'strong'],
    ['DB_PASSWORD', '${DB_PASSWORD}', 'reference'],
    ['DB_PASSWORD', '$DB_PASSWORD', 'reference'],
    ['DB_PASSWORD', 'arn:aws:secretsmanager:eu-west-3:111122223333:secret:db-AbCdEf', 'reference'],
    ['DB_PASSWORD', 'op://vault/item/field', 'reference'],
    ['DB_PASSWORD', 'ENC[AES256_GCM,data:abc]', 'reference'],
  ])('%s=%s is a secret, %s', (name, value, expected) => {
    expect(classify(name, value)).toEqual({ secret: true, class: expected });
  });

  test.each([
    ['DATABASE_URL', 'postgres://app:postgres@db:5432/app', { secret: true, class: 'default' }],
    ['DATABASE_URL', 'postgresql://app:${DB_PASSWORD}@db/app', { secret: true, class: 'reference' }],
    ['DATABASE_URL', 'postgres://app:kP2vX9qLw7ZtB4nM@db.internal/app', { secret: true, class: 'strong' }],
    ['DATABASE_URL', 'postgres://user:password@localhost/db', { secret: true, class: 'default' }],
    ['DATABASE_URL', 'sqlite:///app.db', { secret: false, class: 'plain' }],
    ['REDIS_URL', 'redis://localhost:6379/0', { secret: false, class: 'plain' }],
    ['CONNECTION', 'Server=db;User=sa;Password=hunter2;', { secret: true, class: 'weak' }],
    ['ANYTHING', issued('ghp_'), { secret: true, class: 'strong' }],
    ['NEXT_PUBLIC_TOKEN', issued('sk-'), { secret: false, class: 'plain' }],
    ['APP_NAME', 'boutique', { secret: false, class: 'plain' }],
    ['OPENAI_TEMPERATURE', '0', { secret: false, class: 'plain' }],
    ['APP_NAME', '', { secret: false, class: 'empty' }],
    ['API_URL', 'https://example.com', { secret: false, class: 'placeholder' }],
  ])('%s=%s is told from its value', (name, value, expected) => {
    expect(classify(name, value)).toEqual(expected);
  });

  test('long hostile values cost little', () => {
    const started = performance.now();
    for (const part of ['<a', 'x', 'password', '{{', '://a:', '=', 'a_', '-'])
      classify('API_KEY', part.repeat(20_000).slice(0, 20_000));
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
