import { defineAction } from './action.ts';

/** Publishes to PyPI: with a password, or as a trusted publisher, by the run's own token. PyPI documentation, “Trusted Publishers”. */
export const pypiPublish = defineAction({
  names: ['pypa/gh-action-pypi-publish'],
  run(given, session) {
    const password = given('password');
    if (password) session.credential('pypi', 'static-keys', [password]);
    else session.credential('pypi', 'oidc', []);
    return {};
  },
});
