import { pathRule } from '../../derived/path-rule.ts';

/** The CDN asks over a protocol or at a port at which the origin does not listen. */
export const originProtocolMismatch = pathRule({
  id: 'origin-protocol-mismatch',
  severity: 'high',
  title: { fr: 'Origine interrogée là où elle n’écoute pas', en: 'Origin asked where it does not listen' },
  risk: {
    fr: 'La distribution n’obtient pas de réponse et rend une erreur 502 ou 504.',
    en: 'The distribution gets no answer and gives an error 502 or 504.',
  },
  remedy: {
    fr: 'Ouvrir sur l’origine l’écouteur que la distribution demande, ou accorder le protocole et les ports de l’origine.',
    en: 'Open the listener that the distribution asks for, or make the protocol and ports of the origin agree with it.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html',
  ],
});
