import { expect, test } from 'vitest';
import { importanceOf } from './importance.ts';

test.each([
  ['aws --region eu-west-1 ecs update-service --service api', 'deploy'],
  ['aws s3 sync dist s3://site', 'deploy'],
  ['aws s3 sync s3://staging s3://site --delete', 'deploy'],
  ['dotnet lambda deploy-function shop', 'deploy'],
  ['terragrunt apply -auto-approve', 'deploy'],
  ['aws ecs wait services-stable --services api', 'check'],
  ['docker push acme/api:1', 'publish'],
  ['docker buildx build .', 'publish'],
  ['kubectl -n web apply -f k8s/', 'deploy'],
  ['python manage.py migrate', 'migrate'],
  ['npx prisma migrate deploy', 'migrate'],
  ['npm run test:unit', 'test'],
  ['go test ./...', 'test'],
  ['./gradlew test', 'test'],
])('%s matters: %s', (command, importance) => expect(importanceOf(command.split(' '))).toBe(importance));

test.each([
  'aws ecs describe-services --services api',
  'aws ecr create-repository --repository-name api',
  'aws ecs stop-task --task t',
  'docker stop api',
  'docker rm -f api',
  'docker compose down',
  'docker network create web',
  'kubectl delete pod api',
  'kubectl apply --dry-run=client -f k8s/',
  'aws s3 cp s3://assets/kafka.tgz assets/',
  'aws s3 sync --delete s3://site dist',
  'terraform plan',
  'grep -q x file',
  'rm -rf dist',
  'npm run lint',
  'npm audit',
  'curl -s https://example.org',
  'git push',
])('%s may fail', (command) => expect(importanceOf(command.split(' '))).toBeUndefined());
