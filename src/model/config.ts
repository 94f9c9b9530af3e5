import { z } from 'zod';
import { PRIORITIES, SEVERITIES } from './finding.ts';
import { PROFILES } from './maturity.ts';

const day = z.iso.date();

const hasNoUser = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return !url || (url.username === '' && url.password === '');
};

/** `constat.yaml`: everything is optional. Its JSON Schema is `schema/config.schema.json`, for editors. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  /** The estate's name; default: the folder's. */
  name: z.string().min(1).optional(),
  /** Prefix of gap ids. */
  prefix: z
    .string()
    .regex(/^[A-Z][A-Z0-9]*$/, 'capital letters and digits, such as GAP')
    .optional()
    .describe('Prefix of gap ids, capital letters and digits. Default: GAP'),
  firstGap: z
    .int()
    .positive()
    .optional()
    .describe('The number at which gap ids start; one that was given already is never given again'),
  knownGaps: z
    .array(
      z.strictObject({
        gap: z.string().regex(/^[A-Z][A-Z0-9]*-\d+$/, 'a gap id, such as GAP-0905'),
        rule: z.string().min(1).describe('The rule of the finding'),
        path: z.string().min(1).optional().describe('A glob on the file of the evidence'),
        from: z.string().min(1).optional().describe('The audit that gave the id'),
      }),
    )
    .optional()
    .describe('Gaps that another audit has numbered: the finding takes that id'),
  profile: z.enum(PROFILES).optional().describe('The domains of questions that an audit asks'),
  target: z
    .string()
    .min(1)
    .optional()
    .describe('The target of the profile, a path from this file. Default: constat.target.yaml'),
  answers: z
    .record(
      z.string(),
      z.strictObject({
        answer: z.enum(['yes', 'partial', 'no']),
        by: z.string().min(1).describe('Who answers'),
        on: day.describe('The day of the answer, YYYY-MM-DD'),
        note: z.string().min(1).optional().describe('What is there, or where it stands'),
      }),
    )
    .optional()
    .describe('Answers of people to questions of the profile, by the id of the question'),
  phases: z
    .array(
      z.strictObject({
        title: z.string().min(1),
        priorities: z.array(z.enum(PRIORITIES)).min(1).optional(),
        domains: z.array(z.string().min(1)).min(1).optional().describe('Ids of domains'),
        gaps: z.array(z.string().min(1)).min(1).optional().describe('Gap ids'),
        rules: z.array(z.string().min(1)).min(1).optional().describe('Rule ids, also of gaps'),
      }),
    )
    .min(1)
    .optional()
    .describe(
      'When findings are to be mended: the first phase that fits takes it; one without conditions takes the rest',
    ),
  systems: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
      z.strictObject({
        title: z.string().min(1).optional().describe('The name as people write it'),
        match: z
          .array(z.string().min(1))
          .optional()
          .describe('Globs on resource names, file paths and workflow files that belong to the system'),
        environments: z.array(z.string().min(1)).optional().describe('The environments it exists in'),
      }),
    )
    .optional()
    .describe('Systems of the estate, by id'),
  environments: z
    .record(z.string(), z.array(z.string().min(1)))
    .optional()
    .describe('Other words for an environment: { prod: [live, main] }'),
  aws: z
    .strictObject({
      regions: z
        .array(z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'a region, such as eu-west-3'))
        .optional(),
      profile: z.string().min(1).optional().describe('A profile of the AWS configuration'),
      role: z
        .string()
        .regex(/^arn:[\w-]+:iam::\d{12}:role\//, 'the ARN of a role')
        .optional()
        .describe('A role that is assumed first'),
      maxRate: z.number().positive().optional().describe('Requests a second that are never exceeded'),
    })
    .optional()
    .describe('How the AWS account is read, when --aws asks for it'),
  cloudflare: z
    .strictObject({
      account: z
        .string()
        .regex(/^[0-9a-f]{32}$/, 'the id of an account: 32 hexadecimal digits')
        .optional()
        .describe('The account that is read; default: those that files name'),
      zones: z
        .array(z.string().regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, 'the name of a zone, such as example.org'))
        .optional()
        .describe('The zones that are read; default: all'),
      maxRate: z.number().positive().optional().describe('Requests a second that are never exceeded'),
    })
    .optional()
    .describe('How the Cloudflare account is read, when --cloudflare asks for it'),
  hosts: z
    .array(
      z.strictObject({
        address: z.string().min(1).describe('local, or ssh://user@host; names of the ssh configuration do'),
        name: z
          .string()
          .regex(/^[\w.-]+$/, 'letters, digits, dots and hyphens')
          .optional()
          .describe('What reports call it, and what --host takes'),
        sshConfig: z.string().min(1).optional().describe('The file that ssh reads instead of ~/.ssh/config'),
        sudo: z.boolean().optional().describe('Use sudo -n for what root alone may read'),
        files: z
          .array(z.string().min(1))
          .optional()
          .describe('Globs on files whose services, units and routes are to run on it'),
      }),
    )
    .optional()
    .describe('Hosts, and how each is read when --host asks for it'),
  terraformStates: z
    .array(z.string().min(1))
    .optional()
    .describe(
      'Terraform states, or what terraform show -json printed of a state or plan: paths in the audited folder',
    ),
  urls: z
    .array(
      z
        .url({ protocol: /^https?$/, error: 'give a URL, such as https://example.org/' })
        // what is followed is shown in reports
        .refine(hasNoUser, 'give the URL without a user name and a password'),
    )
    .optional()
    .describe('URLs that are followed through the account, hop by hop, when --aws asks for it'),
  ignore: z.array(z.string().min(1)).optional().describe('Globs of paths that the audit leaves out'),
  mutes: z
    .array(
      z.strictObject({
        gap: z.string().optional().describe('A gap id'),
        rule: z.string().optional().describe('A rule id'),
        path: z.string().optional().describe('With rule: a glob on the file of the evidence'),
        owner: z.string().min(1).describe('Who answers for it'),
        reason: z.string().min(1).describe('Why it is accepted'),
        until: day.optional().describe('The day on which the mute ends, YYYY-MM-DD'),
      }),
    )
    .optional()
    .describe('Findings accepted for a while'),
  rules: z
    .record(z.string(), z.union([z.literal('off'), z.strictObject({ severity: z.enum(SEVERITIES) })]))
    .optional()
    .describe('Rules turned off, or given another severity'),
});

export type Config = z.infer<typeof configSchema>;
