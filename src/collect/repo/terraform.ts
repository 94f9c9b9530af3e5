import { code } from '#model/text.ts';
import { defineCollector, type Sink } from '../collector.ts';
import { Budget, OverBudget } from './terraform/budget.ts';
import { configurationOf, isTerraform } from './terraform/configuration.ts';
import { rootModules } from './terraform/deployments.ts';
import type { ModuleConfig } from './terraform/module-config.ts';
import { moduleFacts } from './terraform/module-facts.ts';
import { calledConfig } from './terraform/module-instance.ts';

/** Over all modules of a repository: some seconds of work. */
const MOST_STEPS = 8_000_000;
const ONE_MODULE = 600_000;

/** Modules of Terraform and OpenTofu: what each root module declares, with the values that it is applied with. */
export const terraform = defineCollector({
  id: 'terraform',
  source: 'repo',
  title: { fr: 'Terraform, OpenTofu et Terragrunt', en: 'Terraform, OpenTofu and Terragrunt' },
  reads: ({ plain }) => isTerraform(plain),
  collectAll(readings, sinkOf, tree) {
    const configuration = configurationOf(readings, sinkOf);
    let left = MOST_STEPS;
    for (const root of rootModules(configuration)) {
      const sink = sinkOf(root.config.files[0]?.path ?? root.config.folder);
      let running: Budget | undefined;
      const next = () => {
        left -= running?.spent ?? 0;
        running = new Budget(Math.min(ONE_MODULE, Math.max(0, left)));
        return running;
      };
      try {
        for (const fact of moduleFacts(root, configuration.modules, tree, next)) sink.fact(fact);
      } catch (thrown) {
        if (!(thrown instanceof OverBudget)) throw thrown;
        sink.unread(undefined, {
          fr: 'les valeurs de ce module dépassent ce qui est évalué',
          en: 'the values of this module are beyond what is worked out',
        });
      }
      left -= running?.spent ?? 0;
      notRead(root.config, configuration.modules, sinkOf);
    }
  },
});

/** Modules of a registry or of another repository are in none of the files. */
function notRead(
  config: ModuleConfig,
  modules: ReadonlyMap<string, ModuleConfig>,
  sinkOf: (file: string) => Sink,
): void {
  for (const call of config.modules.values()) {
    if (call.source === undefined || calledConfig(call, config, modules)) continue;
    sinkOf(call.reading.path).unread(
      call.reading.lineOf(call.at),
      {
        fr: `module hors du dépôt, non lu\u00a0: ${code(call.source)}`,
        en: `module outside the repository, not read: ${code(call.source)}`,
      },
      false,
    );
  }
}
