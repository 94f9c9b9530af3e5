import type { Code } from './code.ts';

/** What one look at the text of a file tells: bits of {@link MARKS}. */
export type Marks = number;

export const MARKS = { environment: 1, commands: 2, web: 4 } as const;

interface Telling {
  mark: number;
  /** A text without any of these words is looked at no further: to look for plain words costs least. */
  words: readonly string[];
  pattern: RegExp;
}

/** By language, since each word that is looked for costs a pass over every file. */
const TELLING: Readonly<Record<Code['language'], readonly Telling[]>> = {
  python: [
    {
      mark: MARKS.environment,
      words: ['environ', 'getenv', 'BaseSettings', 'decouple', 'starlette.config'],
      pattern: /\benviron\b|\bgetenv\b|\bBaseSettings\b|\bdecouple\b|\bstarlette\.config\b/,
    },
    {
      mark: MARKS.commands,
      words: ['subprocess', 'os.system', 'os.popen', 'os.exec', 'os.spawn', 'pexpect'],
      pattern: /\bsubprocess\b|\bos\.(?:system|popen|exec[lv]p?e?|spawn[lv]p?e?)\b|\bpexpect\b/,
    },
    {
      mark: MARKS.web,
      words: [
        'CORS',
        'cors',
        'jwt',
        'JWT',
        'jose',
        'uvicorn.run',
        'sqlite',
        '.run(',
        'create_engine',
        'DATABASE_UR',
        'ACCESS_TOKEN_EXPIRE',
      ],
      pattern:
        /CORSMiddleware|flask_cors|CORS_ALLOW|CORS_ORIGIN|jwt\.encode|\bJWT\b|_JWT\b|JWT_\w*(?:EXP|LIFETIME)|\bjose\b|uvicorn\.run|\bsqlite|app\.run\(|create_engine|DATABASE_UR[LI]|ACCESS_TOKEN_EXPIRE/,
    },
  ],
  javascript: [
    {
      mark: MARKS.environment,
      words: ['process.env', 'import.meta.env', 'envalid', 'Deno.env', 'Bun.env'],
      pattern: /process\.env\b|import\.meta\.env\b|\benvalid\b|\b(?:Deno|Bun)\.env\b/,
    },
    {
      mark: MARKS.commands,
      words: ['child_process', 'execa', 'shelljs', 'Bun.spawn'],
      pattern: /\bchild_process\b|\bexeca\b|\bshelljs\b|\bBun\.spawn\b/,
    },
    {
      mark: MARKS.web,
      words: ['cors', 'Cors', 'jsonwebtoken', 'jwt', 'Jwt', 'jose', '.listen(', 'sqlite'],
      pattern:
        /['"](?:cors|@fastify\/cors|@koa\/cors)['"]|\benableCors\b|\bcors:|jwt\.sign|JwtModule|JwtService|jsonwebtoken|['"]jose['"]|\.listen\(|\bsqlite/,
    },
  ],
  go: [
    {
      mark: MARKS.environment,
      words: ['os.Getenv', 'os.LookupEnv', 'os.Environ', 'env:"', 'envconfig:"', 'spf13/viper'],
      pattern: /\bos\.(?:Getenv|LookupEnv|Environ)\b|\benv(?:config)?:"|spf13\/viper/,
    },
    { mark: MARKS.commands, words: ['os/exec"'], pattern: /\bos\/exec"/ },
    {
      mark: MARKS.web,
      words: ['cors', 'jwt', 'ListenAndServe', '.Run("', '.Start("', '.Listen("', 'sqlite'],
      pattern: /\bcors\b|jwt\.New|ListenAndServe|\.(?:Run|Start|Listen)\("|\bsqlite/,
    },
  ],
};

/** Routes and what they hang on: looked for only in programs that start commands. */
const ROUTES =
  /@\w[\w.]{0,60}\.(?:get|post|put|patch|delete|route|websocket|api_route|middleware|before_request)\(|\.(?:get|post|put|patch|delete|all|route|GET|POST|PUT|PATCH|DELETE|Get|Post|Put|Patch|Delete|Any|Handle|HandleFunc)\(\s{0,40}['"`][/*]|@Controller\(|\binclude_router\(|\bregister_blueprint\(|\.use\(|\.Use\(|\.Group\(|\badd_middleware\(|@\w+\.before_(?:app_)?request/;

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
  const language = codeLanguage(path);
  if (language === undefined || text.length > LARGEST) return 0;
  let marks = 0;
  for (const { mark, words, pattern } of TELLING[language])
    if (words.some((word) => text.includes(word)) && pattern.test(text)) marks |= mark;
  return marks;
}

/** Whether a text may hold routes, or what stands before them. */
export const mayRoute = (text: string): boolean => text.length <= LARGEST && ROUTES.test(text);
