/** Workflows as teams write them: five shapes, each with names of its own. */
const SHAPES: readonly ((name: string) => string)[] = [
  // Names in a case on an input, carried over in the environment.
  (name) => `name: Deploy ${name}
on:
  push: { branches: [main] }
  workflow_dispatch:
    inputs:
      target: { type: choice, options: [dev, staging, prod], default: dev }
permissions: { id-token: write, contents: read }
env: { AWS_REGION: eu-west-3, REPOSITORY: ${name} }
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: \${{ inputs.target || 'dev' }}
    steps:
      - uses: actions/checkout@v4
      - uses: aws-actions/configure-aws-credentials@v4
        with: { role-to-assume: "arn:aws:iam::210987654321:role/${name}-deploy", aws-region: "\${{ env.AWS_REGION }}" }
      - id: login
        uses: aws-actions/amazon-ecr-login@v2
      - name: Choose
        run: |
          case "\${{ inputs.target }}" in
            prod) CLUSTER=main-prod; COUNT=3 ;;
            staging) CLUSTER=main-staging; COUNT=2 ;;
            *) CLUSTER=main-dev; COUNT=1 ;;
          esac
          echo "CLUSTER=$CLUSTER" >> "$GITHUB_ENV"
          echo "SERVICE=${name}-\${CLUSTER#main-}" >> "$GITHUB_ENV"
          echo "count=$COUNT" >> "$GITHUB_OUTPUT"
        id: choose
      - name: Build
        run: |
          IMAGE="\${{ steps.login.outputs.registry }}/$REPOSITORY:\${GITHUB_SHA::12}"
          docker build --build-arg STAGE="$CLUSTER" -t "$IMAGE" .
          docker push "$IMAGE"
          echo "IMAGE=$IMAGE" >> "$GITHUB_ENV"
      - name: Deploy
        run: |
          set -euo pipefail
          aws ecs describe-task-definition --task-definition "$SERVICE" --query taskDefinition > old.json
          jq --arg image "$IMAGE" '.containerDefinitions[0].image = $image | del(.revision, .status)' old.json > new.json
          ARN=$(aws ecs register-task-definition --cli-input-json file://new.json --query taskDefinition.taskDefinitionArn --output text)
          aws ecs update-service --cluster "$CLUSTER" --service "$SERVICE" --task-definition "$ARN" --desired-count \${{ steps.choose.outputs.count }}
          for attempt in $(seq 1 60); do
            state=$(aws ecs describe-services --cluster "$CLUSTER" --services "$SERVICE" --query 'services[0].deployments[0].rolloutState' --output text)
            [ "$state" = COMPLETED ] && break
            sleep 10
          done
`,
  // A matrix and a function.
  (name) => `name: Functions of ${name}
on: { push: { branches: [main], paths: ["functions/**"] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    strategy: { matrix: { function: [import, export, notify], stage: [dev, prod] } }
    steps:
      - uses: actions/checkout@v4
      - run: |
          publish() {
            local name="${name}-$1-$2"
            (cd functions/"$1" && zip -qr ../../bundle.zip .)
            aws lambda update-function-code --function-name "$name" --zip-file fileb://bundle.zip
            aws lambda wait function-updated --function-name "$name"
          }
          publish \${{ matrix.function }} \${{ matrix.stage }}
        env: { AWS_ACCESS_KEY_ID: "\${{ secrets.AWS_ACCESS_KEY_ID }}", AWS_SECRET_ACCESS_KEY: "\${{ secrets.AWS_SECRET_ACCESS_KEY }}" }
`,
  // A site.
  (name) => `name: Site of ${name}
on: { push: { branches: [main, develop] } }
jobs:
  build:
    runs-on: ubuntu-latest
    outputs: { bucket: "\${{ steps.names.outputs.bucket }}" }
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
      - run: npm ci && npm run build
      - id: names
        run: |
          if [ "$GITHUB_REF_NAME" = main ]; then bucket=${name}-site-prod; else bucket=${name}-site-dev; fi
          echo "bucket=$bucket" >> "$GITHUB_OUTPUT"
  publish:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: |
          aws s3 sync dist "s3://\${{ needs.build.outputs.bucket }}" --delete
          aws cloudfront create-invalidation --distribution-id "\${{ vars.DISTRIBUTION }}" --paths '/*'
`,
  // A host, over ssh, with a heredoc.
  (name) => `name: Host of ${name}
on: { workflow_dispatch: {}, push: { tags: ["v*"] } }
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: |
          mkdir -p ~/.ssh && printf '%s\\n' "\${{ secrets.SSH_KEY }}" > ~/.ssh/id && chmod 600 ~/.ssh/id
          rsync -az --delete ./ deploy@${name}.example.net:/srv/${name}/
          ssh deploy@${name}.example.net <<'REMOTE'
          cd /srv/${name}
          docker compose pull
          docker compose up -d --remove-orphans
          systemctl restart ${name}-worker
          REMOTE
          curl -fsS --retry 5 https://${name}.example.net/health
`,
  // Tests alone.
  (name) => `name: Tests of ${name}
on: [pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    services: { db: { image: "postgres:17" } }
    steps:
      - uses: actions/checkout@v4
      - run: npm ci
      - run: npm test -- --shard=\${{ github.run_number }}
`,
];

/** Repositories, each with so many workflows: their files by path. */
export function syntheticWorkflows(repositories: number, workflows: number): Record<string, string>[] {
  return Array.from({ length: repositories }, (_, repository) =>
    Object.fromEntries(
      Array.from({ length: workflows }, (_, index) => {
        const name = `unit-${repository}-${index}`;
        return [`.github/workflows/${name}.yml`, SHAPES[index % SHAPES.length]?.(name) ?? ''];
      }),
    ),
  );
}
