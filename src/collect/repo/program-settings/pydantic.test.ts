import { expect, test } from 'vitest';
import { programsIn, settingsOf } from './test-programs.ts';

const HEAD = `from typing import ClassVar, Literal
import secrets
from pydantic import AliasChoices, BaseModel, Field
from pydantic_settings import BaseSettings, SettingsConfigDict
`;
const of = (text: string) => settingsOf('app/config.py', HEAD + text);

test('prefix, default, alias and what makes a default anew', () => {
  const found = of(`
class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="QUAY_", env_file=".env")
    secret_key: str = Field(default_factory=lambda: secrets.token_urlsafe(48))
    mode: Literal["direct", "sandbox"] = "direct"
    database_url: str = Field(default="sqlite:///./quay.db", validation_alias="DATABASE_URL")
    either: str = Field("x", validation_alias=AliasChoices("FIRST_NAME", "SECOND_NAME"))
    needed: str
    may_be: str | None = None
    kept: ClassVar[str] = "no setting"
`);
  expect(Object.keys(found).sort()).toEqual([
    'DATABASE_URL',
    'FIRST_NAME',
    'QUAY_MAY_BE',
    'QUAY_MODE',
    'QUAY_NEEDED',
    'QUAY_SECRET_KEY',
    'SECOND_NAME',
  ]);
  expect(found.QUAY_SECRET_KEY).toMatchObject({
    field: 'secret_key',
    default: { isGenerated: true },
    isRequired: false,
    at: { file: 'app/config.py', line: 8 },
  });
  expect(found.QUAY_MODE).toMatchObject({
    default: { shown: 'direct' },
    values: ['direct', 'sandbox'],
    by: 'pydantic-settings',
  });
  expect(found.DATABASE_URL).toMatchObject({
    field: 'database_url',
    default: { shown: 'sqlite:///./quay.db' },
  });
  expect(found.QUAY_NEEDED).toMatchObject({ isRequired: true });
  expect(found.QUAY_MAY_BE).toMatchObject({ isRequired: false });
});

test('the older inner class, case that counts, and a class made from another', () => {
  const found = of(`
class Base(BaseSettings):
    Port: int = 8001
    class Config:
        env_prefix = "quay_"
        case_sensitive = True

class Own(Base):
    host: str = "0.0.0.0"
`);
  expect(found.quay_host).toMatchObject({ default: { shown: '0.0.0.0' } });
  expect(found.quay_Port).toMatchObject({ default: { shown: '8001' } });
});

test('a class of another kind is none', () => {
  expect(of('class User(BaseModel):\n    name: str = "x"\n')).toEqual({});
});

test('a prefix that is worked out leaves a blind spot', () => {
  const [program] = programsIn({
    'config.py': `${HEAD}\nclass S(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix=prefix())\n    port: int = 1\n`,
  });
  expect(program?.blindSpots).toMatchObject([{ what: 'dynamic-name' }]);
});

test('a default that is a secret is kept as its class alone', () => {
  const programs = programsIn({
    'config.py': `${HEAD}\nclass S(BaseSettings):\n    admin_password: str = "canary-of-the-quay-7Q"\n`,
  });
  expect(programs[0]?.settings).toMatchObject([{ name: 'ADMIN_PASSWORD', default: { secret: true } }]);
  expect(JSON.stringify(programs)).not.toContain('canary');
});
