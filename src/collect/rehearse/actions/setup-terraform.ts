import { defineAction } from './action.ts';

/** Installs Terraform, with a token of HCP Terraform where one is given. */
export const setupTerraform = defineAction({
  names: ['hashicorp/setup-terraform', 'opentofu/setup-opentofu'],
  run(given, session) {
    const token = given('cli_config_credentials_token');
    if (token) session.credential('terraform', 'static-keys', [token]);
    return undefined;
  },
});
