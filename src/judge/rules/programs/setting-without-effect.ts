import { defineRule, type Gap, gaps, notApplicable, ok } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { nameOf } from '../../derived/programs.ts';

/** A list of what is allowed that nothing is compared with lets everything through. */
export const settingWithoutEffect = defineRule({
  id: 'setting-without-effect',
  severity: 'medium',
  subject: 'program',
  title: { fr: 'Mode ou liste sans effet', en: 'Mode or list without effect' },
  risk: {
    fr: 'La protection qu’on croit réglée n’existe pas\u00a0: ce que la liste interdit passe, et le mode choisi ne change rien.',
    en: 'The protection that is thought to be set does not exist: what the list forbids goes through, and the mode that is chosen changes nothing.',
  },
  remedy: {
    fr: 'Comparer ce qui arrive à cette liste, ou suivre ce mode, là où la décision se prend\u00a0; sinon retirer le réglage.',
    en: 'Compare what comes with this list, or follow this mode, where the decision is taken; otherwise remove the setting.',
  },
  references: ['https://cwe.mitre.org/data/definitions/561.html'],
  evaluate(program) {
    if (program.withoutEffect === undefined) return notApplicable;
    const found = program.withoutEffect.map(({ name, what, why, at }): Gap => {
      const isList = what === 'list';
      const own = code(name);
      return {
        key: `${name} ${at.file}`,
        title: {
          fr: `${nameOf(program).fr}\u00a0: ${isList ? 'liste' : 'mode'} ${own} sans effet`,
          en: `${nameOf(program).en}: ${isList ? 'list' : 'mode'} ${own} without effect`,
        },
        message:
          why === 'alike'
            ? {
                fr: `Les deux branches de la condition sur ${own} font la même chose\u00a0: le mode ne change rien.`,
                en: `Both branches of the condition on ${own} do the same: the mode changes nothing.`,
              }
            : {
                fr: `${own} est défini ici, et aucune autre ligne de code du dépôt ne le nomme\u00a0: ${isList ? 'rien n’est comparé à la liste' : 'rien ne suit le mode'}.`,
                en: `${own} is defined here, and no other line of code in the repository names it: ${isList ? 'nothing is compared with the list' : 'nothing follows the mode'}.`,
              },
        evidence: [at],
      };
    });
    return found.length > 0 ? gaps(found) : ok;
  },
});
