import type { Tree } from '../../readers/tree.ts';
import type { Code } from './code.ts';

/** What one look at the text of a file tells: bits of {@link MARKS}. */
export type Marks = number;

export const MARKS = { environment: 1, commands: 2, routes: 4, web: 8 } as const;

const TELLING: readonly [number, RegExp][] = [
  [
    MARKS.environment,
    /\benviron\b|\bgetenv\b|process\.env\b|import\.meta\.env\b|\bBaseSettings\b|\bdecouple\b|\bstarlette\.config\b|\bos\.(?:Getenv|LookupEnv|Environ)\b|\benv(?:config)?:"|\bviper\b|\benvalid\b|\bdynaconf\b/i,
  ],
  [
    MARKS.commands,
    /\bsubprocess\b|\bos\.(?:system|popen|exec[lv]p?e?|spawn[lv]p?e?)\b|\bcreate_subprocess_|\bchild_process\b|\bexeca\b|\bos\/exec"|\bpexpect\b|\bparamiko\b|\bshelljs\b|\bBun\.spawn\b/,
  ],
  [
    MARKS.routes,
    /@\w[\w.]{0,60}\.(?:get|post|put|patch|delete|route|websocket|api_route)\(|\.(?:get|post|put|patch|delete|all|route|GET|POST|PUT|PATCH|DELETE|Get|Post|Put|Any|Handle|HandleFunc)\(\s{0,40}['"`]|@(?:Controller|Get|Post|Put|Patch|Delete|All|WebSocketGateway)\(|\burlpatterns\b|\badd_api_route\(|\badd_url_rule\(|\binclude_router\(|\bregister_blueprint\(|\.use\(|\.Use\(|\.Group\(/,
  ],
  [
    MARKS.web,
    /CORSMiddleware|flask_cors|CORS_ALLOW|CORS_ORIGIN|\bcors\b|\benableCors\b|\bjwt\b|jsonwebtoken|timedelta\(|uvicorn\.run|\.listen\(|ListenAndServe|\bsqlite|app\.run\(|create_engine|DATABASE_URL/i,
  ],
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
  for (const [mark, telling] of TELLING) if (telling.test(text)) marks |= mark;
  return marks;
}

/** Whether a tree holds code that may be parsed for settings at all. */
export const hasCode = (tree: Tree): boolean =>
  tree.files.some(({ path }) => codeLanguage(path) !== undefined);
