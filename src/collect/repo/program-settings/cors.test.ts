import { expect, test } from 'vitest';
import { programOf } from './test-programs.ts';

const cors = (path: string, text: string) => programOf(path, text)?.cors;
const FASTAPI =
  'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\napp = FastAPI()\n';

test('FastAPI: a list, any origin, and any with credentials, which is sent back', () => {
  const of = (options: string) =>
    cors('main.py', `${FASTAPI}app.add_middleware(CORSMiddleware, ${options})\n`);
  expect(
    of('allow_origins=["https://a.example", "https://b.example"], allow_credentials=True'),
  ).toMatchObject([
    {
      policy: 'list',
      origins: ['https://a.example', 'https://b.example'],
      credentials: true,
      at: { file: 'main.py', line: 4 },
    },
  ]);
  expect(of('allow_origins=["*"]')).toMatchObject([{ policy: 'any', credentials: false }]);
  expect(of('allow_origins=["*"], allow_credentials=True')).toMatchObject([
    { policy: 'reflected', credentials: true },
  ]);
});

test('FastAPI: origins of a setting, with its default', () => {
  const text = `import os\n${FASTAPI}ORIGINS = os.getenv("CORS_ORIGINS", "*").split(",")\napp.add_middleware(CORSMiddleware, allow_origins=ORIGINS, allow_credentials=True)\n`;
  expect(cors('main.py', text)).toMatchObject([
    { policy: 'setting', setting: 'CORS_ORIGINS', credentials: true },
  ]);
});

test('Express: what the library does with any origin is not what it does with `true`', () => {
  const of = (options: string) =>
    cors(
      'app.js',
      `import cors from 'cors';\nimport express from 'express';\nconst app = express();\napp.use(cors(${options}));\n`,
    );
  expect(of('{ origin: true, credentials: true }')).toMatchObject([
    { policy: 'reflected', credentials: true },
  ]);
  expect(of("{ origin: '*', credentials: true }")).toMatchObject([{ policy: 'any' }]);
  expect(of('')).toMatchObject([{ policy: 'any', origins: ['*'] }]);
  expect(of("{ origin: ['https://a.example'] }")).toMatchObject([
    { policy: 'list', origins: ['https://a.example'] },
  ]);
});

test('Django and Go', () => {
  expect(cors('settings.py', 'CORS_ALLOW_ALL_ORIGINS = True\nCORS_ALLOW_CREDENTIALS = True\n')).toMatchObject(
    [{ policy: 'reflected', credentials: true, at: { line: 1 } }],
  );
  const go =
    'package main\n\nimport (\n\t"github.com/gin-contrib/cors"\n\t"github.com/gin-gonic/gin"\n)\n\nfunc main() {\n\tr := gin.Default()\n\tr.Use(cors.New(cors.Config{AllowOrigins: []string{"https://a.example"}, AllowCredentials: true}))\n}\n';
  expect(cors('main.go', go)?.[0]).toMatchObject({ policy: 'list', origins: ['https://a.example'] });
});
