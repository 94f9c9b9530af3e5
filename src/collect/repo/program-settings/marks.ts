import type { Code } from './code.ts';

/** What one look at the text of a file tells: bits of {@link MARKS}. */
export type Marks = number;

export const MARKS = { environment: 1, commands: 2, routes: 4, web: 8 } as const;

/** A text without any of these words is looked at no further: looking for plain words costs next to nothing. */
const TELLING: readonly { mark: number; words: readonly string[]; pattern: RegExp }[] = [
  {
    mark: MARKS.environment,
    words: ['environ', 'getenv', 'process.env', 'import.meta.env', 'BaseSettings', 'decouple', 'starlette.config', 'Getenv', 'LookupEnv', 'os.Environ', 'env:"', 'envconfig:"', 'spf13/viper', 'envalid', 'Deno.env', 'Bun.env'],
    pattern:
      /\benviron\b|\bgetenv\b|process\.env\b|import\.meta\.env\b|\bBaseSettings\b|\bdecouple\b|\bstarlette\.config\b|\bos\.(?:Getenv|LookupEnv|Environ)\b|\benv(?:config)?:"|spf13\/viper|\benvalid\b|\b(?:Deno|Bun)\.env\b/,
  },
  {
    mark: MARKS.commands,
    words: ['subprocess', 'os.system', 'os.popen', 'os.exec', 'os.spawn', 'child_process', 'execa', 'os/exec"', 'pexpect', 'shelljs', 'Bun.spawn'],
    pattern:
      /\bsubprocess\b|\bos\.(?:system|popen|exec[lv]p?e?|spawn[lv]p?e?)\b|\bcreate_subprocess_|\bchild_process\b|\bexeca\b|\bos\/exec"|\bpexpect\b|\bshelljs\b|\bBun\.spawn\b/,
  },
  {
    mark: MARKS.routes,
    words: ['.get(', '.post(', '.put(', '.patch(', '.delete(', '.route(', '.websocket(', '.all(', '.GET(', '.POST(', '.PUT(', '.DELETE(', '.Get(', '.Post(', '.Any(', 'HandleFunc(', '.Handle(', '@Controller(', 'include_router(', 'register_blueprint(', '.use(', '.Use(', '.Group('],
    pattern:
      /@\w[\w.]{0,60}\.(?:get|post|put|patch|delete|route|websocket|api_route)\(|\.(?:get|post|put|patch|delete|all|route|GET|POST|PUT|PATCH|DELETE|Get|Post|Put|Patch|Delete|Any|Handle|HandleFunc)\(\s{0,40}['"`][/*]|@Controller\(|\binclude_router\(|\bregister_blueprint\(|\.use\(|\.Use\(|\.Group\(/,
  },
  {
    mark: MARKS.web,
    words: ['CORS', 'cors', 'jwt', 'JWT', 'Jwt', 'jsonwebtoken', 'jose', 'uvicorn.run', '.listen(', 'ListenAndServe', '.Run(', '.Start(', 'sqlite', 'app.run(', 'create_engine', 'DATABASE_UR', 'enableCors', 'ACCESS_TOKEN_EXPIRE'],
    pattern:
      /CORSMiddleware|flask_cors|CORS_ALLOW|CORS_ORIGIN|\bcors\b|\benableCors\b|jwt\.(?:encode|sign|New)|\bJWT\b|_JWT\b|JWT_\w*(?:EXP|LIFETIME)|JwtModule|jsonwebtoken|\bjose\b|uvicorn\.run|\.listen\(|ListenAndServe|\.(?:Run|Start)\("|\bsqlite|app\.run\(|create_engine|DATABASE_UR[LI]|ACCESS_TOKEN_EXPIRE/,
  },
];
const LARGEST = 400_000;

/** The language of a file that is parsed, by its ending. */
export const codeLanguage = (path: string): Code['language'] | undefined =>
  path.endsWith('.py')
    ? 'python'
    : path.endsWith('.go')
      ? 'go'
      : /\.[cm]?[jt]sx?$/.test(path)
        ? 'javascript'
        : undefined;

/** What the text of a program's file holds of what settings are read from; 0 for nearly all. */
export function marksIn(path: string, text: string): Marks {
  if (codeLanguage(path) === undefined || text.length > LARGEST) return 0;
  let marks = 0;
  for (const { mark, words, pattern } of TELLING) if (words.some((word) => text.includes(word)) && pattern.test(text)) marks |= mark;
  return marks;
}
