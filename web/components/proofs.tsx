import type { Text } from '#model/text.ts';
import { proofPlaces } from '../plan.ts';
import { Say } from '../speech.tsx';
import { same, wordOf } from '../text.ts';
import { grouped, type View } from '../view.ts';
import type { Proof } from '../vocabulary.ts';
import { sourceWords } from '../words/labels.ts';
import { pageWords, sectionWords } from '../words/page.ts';
import { proofWords as words } from '../words/sections.ts';
import { Command } from './command.tsx';
import { Glyph } from './mark.tsx';
import { Name } from './name.tsx';
import { Plain } from './plain.tsx';
import { Section } from './section.tsx';

const MOST_NAMES = 40;
const PROVIDER_WORDS: Record<string, Text> = {
  ...sourceWords,
  docker: same('Docker'),
  kubernetes: same('Kubernetes'),
  google: same('Google Cloud'),
  external: words.external,
};

function ProofItem({ view, proof }: { view: View; proof: Proof }) {
  const resources = (proof.resources ?? []).flatMap((id) => view.resources.get(id) ?? []);
  // The expected text most often holds the names already.
  const told = resources.every(({ name }) => proof.expected.en.includes(name));
  return (
    <article class="proof">
      <h4>
        <Say text={proof.title} />
      </h4>
      <Command text={proof.command} />
      <dl class="kv">
        <dt>
          <Say text={words.expected} />
        </dt>
        <dd>
          <Say text={proof.expected} />
        </dd>
        {!told && (
          <>
            <dt>
              <Say text={words.names} />
            </dt>
            <dd class="names">
              {resources.slice(0, MOST_NAMES).map((resource) => (
                <span key={resource.id} class={`mk ${resource.status}`}>
                  <Glyph name={resource.status} />
                  <Name text={resource.name} />
                  {resource.environments.length > 0 && (
                    <span class="mute">
                      <Plain text={resource.environments.join(' ')} />
                    </span>
                  )}
                </span>
              ))}
              {resources.length > MOST_NAMES && ` +${resources.length - MOST_NAMES}`}
            </dd>
          </>
        )}
      </dl>
    </article>
  );
}

/** The commands that would establish what nobody could look at, by provider. */
export function Proofs({ view, number }: { view: View; number: number }) {
  const providerOf = ({ resources }: Proof) =>
    view.resources.get(resources?.[0] ?? '')?.provider ?? 'external';
  return (
    <Section id="verify" number={number} title={sectionWords.verify} say={words.say}>
      {[...grouped(proofPlaces(view.report).toVerify, providerOf)].map(([provider, proofs]) => (
        <div key={provider} class="group" data-commands>
          <div class="head">
            <h3>
              <Say text={wordOf(PROVIDER_WORDS, provider)} />
            </h3>
            {proofs.length > 1 && (
              <button class="btn js-only" type="button" data-copy-all>
                <Say text={pageWords.copyAll} />
              </button>
            )}
          </div>
          {proofs.map((proof) => (
            <ProofItem key={proof.id} view={view} proof={proof} />
          ))}
        </div>
      ))}
    </Section>
  );
}
