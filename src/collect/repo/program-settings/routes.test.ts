import { expect, test } from 'vitest';
import { programsIn } from './test-programs.ts';

const routes = (files: Record<string, string>) =>
  programsIn(files).flatMap(({ commandRoutes }) => commandRoutes);
const shown = (files: Record<string, string>) =>
  routes(files)
    .map(
      ({ method, path, authentication, runs }) =>
        `${method} ${path} ${runs.call} ${runs.chosen} ${authentication}`,
    )
    .sort();

const FASTAPI = `import subprocess
from fastapi import APIRouter, Depends, FastAPI
from auth import current_user

router = APIRouter(prefix="/tools")
app = FastAPI()

def direct(line: str) -> str:
    return subprocess.run(line, shell=True, capture_output=True).stdout

@router.post("/run")
def run(line: str, user: str = Depends(current_user)):
    return direct(line)

@router.post("/preview")
def preview(line: str):
    return direct(line)

@router.get("/version")
def version():
    return subprocess.run(["git", "rev-parse", "HEAD"]).stdout

app.include_router(router, prefix="/api/v1")
`;

test('FastAPI: what is asked by a dependency, and the whole path', () => {
  const files = { 'main.py': FASTAPI, 'auth.py': 'def current_user(token: str) -> str:\n    return token\n' };
  expect(shown(files)).toEqual([
    'GET /api/v1/tools/version subprocess.run nothing no',
    'POST /api/v1/tools/preview subprocess.run command no',
    'POST /api/v1/tools/run subprocess.run command yes',
  ]);
  const preview = routes(files).find(({ path }) => path.endsWith('preview'));
  expect(preview).toMatchObject({
    runs: { usesShell: true, at: { line: 9 } },
    at: { line: 15 },
    through: [{ line: 17 }],
  });
});

test('FastAPI: a dependency of the router, of the application, or of the place it hangs at', () => {
  const auth = 'def verify_token(token: str) -> str:\n    return token\n';
  const guarded = (text: string) =>
    shown({
      'main.py': text.replace('import current_user', 'import current_user, verify_token'),
      'auth.py': auth,
    }).filter((one) => one.includes('preview'));
  for (const [from, to] of [
    ['prefix="/tools")', 'prefix="/tools", dependencies=[Depends(verify_token)])'],
    ['FastAPI()', 'FastAPI(dependencies=[Depends(verify_token)])'],
    ['prefix="/api/v1")', 'prefix="/api/v1", dependencies=[Depends(verify_token)])'],
  ] as const)
    expect(guarded(FASTAPI.replace(from, to))).toEqual([
      'POST /api/v1/tools/preview subprocess.run command yes',
    ]);
});

test('FastAPI: a middleware that may ask leaves it open what is asked', () => {
  const text = `${FASTAPI}\n@app.middleware("http")\nasync def check(request, call_next):\n    if request.headers.get("authorization") != "x":\n        return None\n    return await call_next(request)\n`;
  expect(shown({ 'main.py': text }).find((one) => one.includes('preview'))).toContain('unknown');
});

test('Flask: a blueprint, a decorator that asks, a body that asks', () => {
  const text = `import os
from flask import Blueprint, Flask, request
from guards import login_required

app = Flask(__name__)
tools = Blueprint("tools", __name__, url_prefix="/tools")

@tools.route("/open", methods=["POST"])
def open_route():
    os.system(request.json["line"])

@tools.route("/closed", methods=["POST"])
@login_required
def closed():
    os.system(request.json["line"])

@tools.route("/checked", methods=["POST"])
def checked():
    if request.headers["X-Token"] != TOKEN:
        return "", 401
    os.system(request.json["line"])

app.register_blueprint(tools)
`;
  expect(shown({ 'app.py': text })).toEqual([
    'POST /tools/checked os.system command unknown',
    'POST /tools/closed os.system command yes',
    'POST /tools/open os.system command no',
  ]);
});

test('Express: middleware of a route and of a router', () => {
  const text = `import express from 'express';
import { exec, execFile } from 'node:child_process';
import { requireAuth } from './auth.js';
const app = express();
app.use(express.json());
const tools = express.Router();
tools.post('/open', (req, res) => { exec(req.body.line, () => res.end()); });
tools.post('/closed', requireAuth, (req, res) => { exec(req.body.line); });
tools.post('/convert', (req, res) => { execFile('convert', [req.body.name]); });
app.use('/tools', tools);
`;
  expect(
    shown({ 'src/app.js': text, 'src/auth.js': 'export const requireAuth = (req, res, next) => next();\n' }),
  ).toEqual([
    'POST /tools/closed child_process.exec command yes',
    'POST /tools/convert child_process.execFile arguments no',
    'POST /tools/open child_process.exec command no',
  ]);
});

test('NestJS: guards of a controller', () => {
  const text = (guard: string) => `import { Body, Controller, Post, UseGuards } from '@nestjs/common';
import { exec } from 'child_process';
import { AuthGuard } from './auth.guard';
@Controller('tools')
${guard}
export class ToolsController {
  @Post('run')
  run(@Body() body: { line: string }) {
    exec(body.line);
  }
}
`;
  expect(shown({ 'src/tools.controller.ts': text('@UseGuards(AuthGuard)') })).toEqual([
    'POST /tools/run child_process.exec command yes',
  ]);
});

test('Go: the default mux that nothing stands before, and a group of gin', () => {
  const plain = `package main

import (
	"net/http"
	"os/exec"
)

func run(w http.ResponseWriter, r *http.Request) {
	exec.Command("sh", "-c", r.FormValue("line")).Run()
}

func main() {
	http.HandleFunc("/run", run)
	http.ListenAndServe(":8080", nil)
}
`;
  expect(shown({ 'main.go': plain })).toEqual(['ANY /run exec.Command command no']);
  const gin = `package main

import (
	"os/exec"

	"github.com/gin-gonic/gin"
)

func run(c *gin.Context) {
	exec.Command("sh", "-c", c.Query("line")).Run()
}

func main() {
	r := gin.Default()
	api := r.Group("/api", AuthRequired())
	api.POST("/run", run)
	r.POST("/open", run)
	r.Run(":8080")
}
`;
  expect(shown({ 'main.go': gin })).toEqual([
    'POST /api/run exec.Command command yes',
    'POST /open exec.Command command no',
  ]);
});

test('where code could not be read, nothing is said to be open', () => {
  const text = FASTAPI.replace('prefix="/tools")', 'prefix="/tools", **OPTIONS)');
  expect(shown({ 'main.py': text }).find((one) => one.includes('preview'))).toContain('unknown');
});

test('what is no route, and what starts nothing, is none', () => {
  expect(
    routes({ 'cli.py': 'import subprocess\ndef main(line):\n    subprocess.run(line, shell=True)\n' }),
  ).toEqual([]);
  expect(routes({ 'main.py': FASTAPI.replaceAll('subprocess.run', 'print') })).toEqual([]);
});

test('NestJS: a guard before all controllers may be given in any module', () => {
  const files = {
    'package.json': '{}',
    'run.service.ts':
      "import { execSync } from 'child_process';\nexport class RunService { start(text: string) { return execSync(text); } }\n",
    'run.controller.ts':
      "import { RunService } from './run.service';\n@Controller('run')\nexport class RunController {\n  constructor(private readonly service: RunService) {}\n  @Post('now')\n  now(@Body() body: RunDto) { return this.service.start(body.command); }\n}\n",
  };
  expect(shown(files)).toEqual(['POST /run/now child_process.execSync command no']);
  const module = 'export const guard = { provide: APP_GUARD, useClass: Everyone };\n';
  expect(shown({ ...files, 'app.module.ts': module })).toEqual([
    'POST /run/now child_process.execSync command unknown',
  ]);
});

test('Express: what is required where it is used', () => {
  expect(
    shown({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.js':
        "const router = require('express').Router();\nconst { promisify } = require('util');\nconst exec = promisify(require('child_process').exec);\nconst app = require('express')();\nrouter.post('/run', async (req, res) => res.send(await exec(req.body.command)));\napp.use('/api', router);\n",
    }),
  ).toEqual(['POST /api/run child_process.exec command no']);
});
