import { addOption, names, noOptions } from '../options.ts';
import type { ParsedCall } from '../tool.ts';

/** Switches of every command. AWS CLI v2 reference, “global options”. */
const GLOBAL_SWITCHES = `debug no-verify-ssl no-paginate no-sign-request no-cli-pager no-cli-auto-prompt cli-auto-prompt version help`;
/** Switches of `aws s3` and of the other commands that the CLI adds to the services' own. */
const COMMAND_SWITCHES = `delete dryrun dry-run recursive quiet only-show-errors no-progress exact-timestamps size-only follow-symlinks
no-follow-symlinks no-guess-mime-type force-glacier-transfer ignore-glacier-warnings human-readable summarize force no-overwrite follow
no-execute-changeset fail-on-empty-changeset no-fail-on-empty-changeset disable-rollback no-disable-rollback force-upload use-json
include-email no-include-email show-linked-accounts`;
/** Boolean parameters that scripts use, none of which takes a value in any service (botocore's models). */
const PARAMETER_SWITCHES = `force-new-deployment enable-execute-command enable-ecs-managed-tags with-decryption no-with-decryption overwrite
no-overwrite force-delete force-delete-without-recovery skip-final-snapshot no-skip-final-snapshot apply-immediately no-apply-immediately
multi-az storage-encrypted publicly-accessible no-publicly-accessible consistent-read no-consistent-read include-all include-inactive
include-deleted use-previous-template enable-termination-protection no-enable-termination-protection auto-create-application process
ignore-application-stop-failures include-nested-stacks only-attached exclude-punctuation exclude-numbers exclude-lowercase exclude-uppercase
require-each-included-type include-space terminate-resources terminate-env-by-force delete-source-bundle associate-public-ip-address
no-associate-public-ip-address egress encrypted no-encrypted generate-secret return-subscription-arn start-from-head no-start-from-head
scan-index-forward no-scan-index-forward permanent enabled no-enabled actions-enabled auto-deploy should-decrement-desired-capacity
no-should-decrement-desired-capacity honor-cooldown include-public show-cache-node-info no-reboot rotate-immediately include-value
object-lock-enabled-for-bucket is-multi-region-trail copy-tags-to-snapshot bypass-policy-lockout-check retain-except-on-create
import-existing-resources no-dry-run`;
const SWITCHES = names(`${GLOBAL_SWITCHES} ${COMMAND_SWITCHES} ${PARAMETER_SWITCHES}`);
/** Operations that take words after their options, so that an option must not take more than one. */
const WITH_WORDS =
  /^(?:s3 |configure |lambda invoke$|s3api (?:get-object|get-object-torrent|select-object-content)$|logs tail$|bedrock-runtime invoke-|sagemaker-runtime invoke-|apigateway get-(?:export|sdk)$|apigatewayv2 export-api$|iot-data |polly |ddb |history )/;
/** Services whose operation has a word more: `ecs wait services-stable`. */
const WAITS = /^\S+ (?:wait|get-waiter)$/;

/** Takes an `aws` command line apart: `--region r ecs update-service --services a b --force-new-deployment`. */
export function parseAws(argv: readonly string[]): ParsedCall {
  const options = noOptions();
  const operation: string[] = [];
  const words: string[] = [];
  const wanted = () => (WAITS.test(operation.join(' ')) ? 3 : 2);
  for (let i = 1; i < argv.length; i++) {
    const arg = argv[i] ?? '';
    if (!/^--?[a-z]/i.test(arg)) {
      if (operation.length < wanted()) operation.push(arg);
      else words.push(arg);
      continue;
    }
    const text = arg.replace(/^--?/, '');
    const equals = text.indexOf('=');
    if (equals > 0) {
      addOption(options, text.slice(0, equals), text.slice(equals + 1));
      continue;
    }
    const values: string[] = [];
    if (text === 'sse' || text === 'sse-c') {
      // its value may be left out
      if (/^(?:AES256|aws:kms)/.test(argv[i + 1] ?? '')) values.push(argv[++i] ?? '');
    } else if (!SWITCHES.has(text)) {
      const most =
        operation.length < wanted() || WITH_WORDS.test(operation.join(' ')) ? 1 : Number.POSITIVE_INFINITY;
      while (values.length < most && i + 1 < argv.length && !/^--[a-z]/i.test(argv[i + 1] ?? ''))
        values.push(argv[++i] ?? '');
    }
    options[text] = values.length > 1 ? values : (values[0] ?? true);
  }
  return { tool: 'aws', operation: operation.join(' '), options, words };
}
