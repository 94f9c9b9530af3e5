import { type Call, type Code, type Expression, option } from './code.ts';
import { combined, guardOf, listedDependencies, mayAsk, type Verdict } from './guards.ts';
import type { Spot } from './meaning.ts';
import type { Resolver } from './resolve.ts';
import type { Sources } from './sources.ts';

type Framework = 'fastapi' | 'flask' | 'express' | 'go';

/** Something that routes hang on. */
interface Router {
  key: string;
  code: Code;
  framework: Framework;
  isApp: boolean;
  made: Call;
  /** The router that it is a group of. */
  parent?: string;
  fn: number | undefined;
}

const MADE: readonly [RegExp, Framework, boolean][] = [
  [/^fastapi(?:\.applications)?\.FastAPI\(\)$|^starlette\.applications\.Starlette\(\)$/, 'fastapi', true],
  [/^fastapi(?:\.\w+)?\.APIRouter\(\)$/, 'fastapi', false],
  [/^(?:flask|quart)\.(?:Flask|Quart)\(\)$/, 'flask', true],
  [/^(?:flask|quart)\.Blueprint\(\)$/, 'flask', false],
  [/^express\(\)$|^fastify(?:\.fastify)?\(\)$|^polka\(\)$/, 'express', true],
  [/^express\.Router\(\)$|^express-promise-router\(\)$/, 'express', false],
  [
    /^github\.com\/gin-gonic\/gin\.(?:Default|New)\(\)$|^github\.com\/labstack\/echo(?:\/v\d)?\.New\(\)$|^github\.com\/gofiber\/fiber(?:\/v\d)?\.New\(\)$|^github\.com\/go-chi\/chi(?:\/v\d)?\.NewRouter\(\)$|^github\.com\/gorilla\/mux\.NewRouter\(\)$|^net\/http\.NewServeMux\(\)$/,
    'go',
    true,
  ],
];
const MOST_ABOVE = 8;

interface Link {
  parent: string | undefined;
  dependencies: readonly Expression[] | undefined;
  /** The path that it hangs at. */
  prefix?: Expression | undefined;
  spot: Spot;
}

/** The routers of a program, how they hang together, and what stands before each. */
export class Routers {
  readonly #resolver: Resolver;
  readonly #routers = new Map<string, Router | undefined>();
  readonly #links = new Map<string, Link[]>();
  /** What stands before everything of a router, by its key. */
  readonly #before = new Map<string, Verdict[]>();

  constructor(sources: Sources, resolver: Resolver) {
    this.#resolver = resolver;
    for (const code of sources.codes) for (const { call, fn } of code.calls) this.#note(call, { code, fn });
    for (const code of sources.codes)
      for (const fn of code.functions)
        for (const decorator of fn?.decorators ?? []) this.#hook(decorator, code, fn.within, fn);
  }

  /** The router that a name stands for at a spot. */
  at(path: string, spot: Spot): Router | undefined {
    const found = this.#resolver.definition(path, spot);
    const value = found?.assignment.value;
    if (!found || value?.is !== 'call') return undefined;
    const key = `${found.code.path}\n${found.assignment.from}`;
    if (!this.#routers.has(key)) {
      this.#routers.set(key, undefined);
      this.#routers.set(key, this.#make(key, found.code, value, found.assignment.fn));
    }
    return this.#routers.get(key);
  }

  #make(key: string, code: Code, made: Call, fn: number | undefined): Router | undefined {
    const meaning = this.#resolver.meaning(made, { code, fn });
    const path = meaning?.is === 'external' ? meaning.path : '';
    const known = MADE.find(([pattern]) => pattern.test(path));
    if (known) return { key, code, framework: known[1], isApp: known[2], made, fn };
    // `r.Group("/api", middleware)`
    const group = /^(.+)\.(?:Group|Subrouter)$/.exec(
      made.path.replace(/\.PathPrefix\(\)\.Subrouter$/, '.Subrouter'),
    );
    const parent = group?.[1] === undefined ? undefined : this.at(group[1], { code, fn });
    if (parent?.framework !== 'go') return undefined;
    this.#links.set(key, [
      { parent: parent.key, dependencies: made.args.slice(1), prefix: made.args[0], spot: { code, fn } },
    ]);
    return { key, code, framework: 'go', isApp: false, made, parent: parent.key, fn };
  }

  #note(call: Call, spot: Spot): void {
    const match =
      /^(.+)\.(include_router|register_blueprint|mount|add_middleware|before_request|use|Use|register|addHook|middleware)$/.exec(
        call.path,
      );
    if (!match) return;
    const [, owner = '', method = ''] = match;
    const parent = this.at(owner, spot);
    if (
      method === 'include_router' ||
      method === 'register_blueprint' ||
      (method === 'mount' && parent?.framework === 'fastapi')
    ) {
      const child = call.args.find(({ is }) => is === 'name') ?? option(call, 'router', 'blueprint', 'app');
      const router = child?.is === 'name' ? this.at(child.path, spot) : undefined;
      if (router)
        this.#link(router.key, {
          parent: parent?.key,
          dependencies: listedDependencies(option(call, 'dependencies')),
          prefix: option(call, 'prefix', 'url_prefix') ?? (method === 'mount' ? call.args[0] : undefined),
          spot,
        });
      return;
    }
    if (!parent) return;
    const before = this.#before.get(parent.key) ?? [];
    this.#before.set(parent.key, before);
    if (method === 'use' && parent.framework === 'express') {
      const routers = call.args.flatMap((arg) => (arg.is === 'name' ? (this.at(arg.path, spot) ?? []) : []));
      const others = call.args.filter(
        (arg) => arg.is !== 'text' && !(arg.is === 'name' && this.at(arg.path, spot)),
      );
      // what is given with a path and a router stands before that router alone
      if (routers.length > 0)
        for (const { key } of routers)
          this.#link(key, {
            parent: parent.key,
            dependencies: others,
            prefix: call.args[0]?.is === 'text' ? call.args[0] : undefined,
            spot,
          });
      else before.push(...others.map((one) => guardOf(one, spot, this.#resolver)));
    } else if (method !== 'mount' && method !== 'middleware')
      before.push(...call.args.slice(0, 1).map((one) => guardOf(one, spot, this.#resolver)));
  }

  #link(key: string, link: Link): void {
    this.#links.set(key, [...(this.#links.get(key) ?? []), link]);
  }

  /** `@app.middleware("http")`, `@app.before_request`. */
  #hook(decorator: Expression, code: Code, fn: number | undefined, own: { from: number; to: number }): void {
    const path = decorator.is === 'call' ? decorator.path : decorator.is === 'name' ? decorator.path : '';
    const owner = /^(.+)\.(?:middleware|before_request|before_app_request|url_value_preprocessor)$/.exec(
      path,
    )?.[1];
    const router = owner === undefined ? undefined : this.at(owner, { code, fn });
    if (router)
      this.#before.set(router.key, [
        ...(this.#before.get(router.key) ?? []),
        mayAsk(code, own) ? 'unknown' : 'no',
      ]);
    // of a blueprint, but before every request of the application
    else if (owner !== undefined)
      for (const one of this.#routers.values())
        if (one) this.#before.set(one.key, [...(this.#before.get(one.key) ?? []), 'unknown']);
  }

  /** What stands before all routes of a router, those above it included. Of several ways in the most open one counts. */
  verdict(router: Router, steps = 0): Verdict {
    if (steps > MOST_ABOVE) return 'unknown';
    const own = this.#own(router);
    if (router.isApp && !this.#links.has(router.key)) return own;
    const links = this.#links.get(router.key) ?? [];
    if (links.length === 0) return own === 'yes' ? 'yes' : 'unknown';
    const ways = links.map((link): Verdict => {
      const parent = link.parent === undefined ? undefined : this.#routers.get(link.parent);
      const dependencies: Verdict[] = link.dependencies?.map((one) =>
        guardOf(one, link.spot, this.#resolver),
      ) ?? ['unknown'];
      return combined([...dependencies, parent ? this.verdict(parent, steps + 1) : 'unknown']);
    });
    const above: Verdict = ways.includes('no') ? 'no' : ways.includes('unknown') ? 'unknown' : 'yes';
    return combined([own, above]);
  }

  /** What stands before the paths of a router, where each part of it is written out and it hangs at one place. */
  prefix(router: Router, steps = 0): string {
    if (steps > MOST_ABOVE) return '';
    const spot = { code: router.code, fn: router.fn };
    const own = this.#text(option(router.made, 'prefix', 'url_prefix'), spot);
    const links = this.#links.get(router.key) ?? [];
    const [link] = links;
    if (!link || links.length > 1) return own;
    const parent = link.parent === undefined ? undefined : this.#routers.get(link.parent);
    const above = parent ? this.prefix(parent, steps + 1) : '';
    const at = this.#text(link.prefix, link.spot);
    // of Flask the place where it is registered takes the place of its own
    return router.framework === 'flask' ? above + (at || own) : joined(joined(above, at), own);
  }

  #text(expression: Expression | undefined, spot: Spot): string {
    const value = this.#resolver.constant(expression, spot);
    return value?.is === 'text' && value.text !== '/' ? value.text.slice(0, 200) : '';
  }

  #own(router: Router): Verdict {
    const spot = { code: router.code, fn: router.fn };
    const verdicts = [...(this.#before.get(router.key) ?? [])];
    if (router.framework === 'fastapi') {
      const listed = listedDependencies(option(router.made, 'dependencies'));
      verdicts.push(
        ...(listed ? listed.map((one) => guardOf(one, spot, this.#resolver)) : (['unknown'] as const)),
      );
      if (option(router.made, 'route_class', 'middleware', 'routes')) verdicts.push('unknown');
    }
    if (router.made.isOpen) verdicts.push('unknown');
    return combined(verdicts);
  }
}

/** A path below another. */
export const joined = (above: string, below: string): string =>
  `${above.replace(/\/$/, '')}${below === '' || below.startsWith('/') ? '' : '/'}${below}`;

export type { Router };
