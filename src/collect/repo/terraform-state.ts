import type { Fact } from '#model/fact.ts';
import { type Collector, defineCollector } from '../collector.ts';
import { stateFacts } from './terraform/state/state-facts.ts';
import { readState } from './terraform/state/state-file.ts';

/** `terraform.tfstate`, its backups, and what `terraform state push` and others kept beside it with a date. */
const STATE = /\.tfstate(?:\.\d{1,20})?(?:\.backup)?$/;

/**
 * States that lie in a repository without being given to the audit: what there was when each was written, so names
 * that refer, and nothing else of them. Those of `given` are read as what they declare, elsewhere.
 */
export const terraformState = (given: ReadonlySet<string>): Collector =>
  defineCollector({
    id: 'terraform-state',
    source: 'repo',
    title: { fr: 'États Terraform', en: 'Terraform states' },
    reads: ({ base, path }) => STATE.test(base) && !given.has(path),
    // After the configurations, which have the first word on what has no name of its own
    collectAll(readings, sinkOf, tree) {
      for (const { path, text, tracked } of readings) {
        const sink = sinkOf(path);
        const state = readState(text);
        sink.artifact('terraformStates', { file: path, tracked, holds: state.holds });
        if ('why' in state) sink.unread(state.line, state.why, false);
        else
          for (const fact of stateFacts(state.entries, { file: path, source: 'repo' }, tree))
            if (fact.verb === 'creates' && fact.nameStatus === 'resolved') sink.fact(referenceOf(fact));
      }
    },
  });

const referenceOf = ({
  properties: _,
  relations: __,
  verb: ___,
  arn: ____,
  otherNames: _____,
  terraform: ______,
  ...fact
}: Fact): Fact => ({
  ...fact,
  sort: 'reference',
});
