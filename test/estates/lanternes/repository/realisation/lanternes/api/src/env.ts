export interface Env {
  DB: D1Database;
  CACHE: KVNamespace;
  UPLOADS: R2Bucket;
  ENVIRONMENT: string;
  ACCESS_TEAM: string;
  ACCESS_AUD: string;
  FORM_WEBHOOK_SECRET: string;
  VIDEO_SIGNING_KEY: string;
  VIDEO_SIGNING_KEY_ID: string;
  MAIL_API_KEY: string;
}
