import { pathRule } from '../../derived/path-rule.ts';

/** The API is asked at its own address, which is switched off. */
export const apiEndpointDisabled = pathRule({
  id: 'api-endpoint-disabled',
  severity: 'high',
  title: { fr: 'API dont l’adresse propre est fermée', en: 'API whose own address is switched off' },
  risk: {
    fr: 'Les requêtes à cette adresse sont refusées.',
    en: 'Requests to this address are refused.',
  },
  remedy: {
    fr: 'Passer par le nom de domaine de l’API, ou rouvrir son adresse.',
    en: 'Use the domain name of the API, or switch its address on.',
  },
  references: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html',
  ],
});
