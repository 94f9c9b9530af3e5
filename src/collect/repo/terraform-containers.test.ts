import { expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { terraform } from './terraform.ts';

const AWS = 'provider "aws" {\n  region = "eu-west-3"\n}\n';
const factsOf = (text: string) => collectFiles(terraform, { 'main.tf': `${AWS}${text}` }).facts;
const only = (text: string, kind: string) => factsOf(text).find((fact) => fact.kind === kind);

test('containers name their image, their logs and their secrets, without values', () => {
  const text = `resource "aws_cloudwatch_log_group" "app" { name = "/quay/app" }
resource "aws_secretsmanager_secret" "db" { name = "quay/db" }
resource "aws_ecs_task_definition" "app" {
  family = "quay-app"
  cpu    = 256
  container_definitions = jsonencode([{
    name  = "app"
    image = "210123456780.dkr.ecr.eu-west-3.amazonaws.com/quay-app:1.2"
    environment = [{ name = "PASSWORD", value = "s3cr3t-value" }]
    secrets = [{ name = "DB", valueFrom = aws_secretsmanager_secret.db.arn }]
    logConfiguration = {
      logDriver = "awslogs"
      options   = { "awslogs-group" = aws_cloudwatch_log_group.app.name }
    }
  }])
}
`;
  const task = only(text, 'AWS::ECS::TaskDefinition');
  expect(task?.relations?.map(({ type, to }) => [type, to.name])).toEqual([
    ['uses-image', '210123456780.dkr.ecr.eu-west-3.amazonaws.com/quay-app:1.2'],
    ['logs-to', '/quay/app'],
    ['reads', 'quay/db'],
  ]);
  expect(task?.properties).toMatchObject({ cpu: '256', containers: [{ environment: ['PASSWORD'] }] });
  expect(JSON.stringify(factsOf(text))).not.toContain('s3cr3t');
});

test('the ports of containers are told where all of them are known', () => {
  const task = (port: string) => `variable "port" {}
resource "aws_ecs_task_definition" "app" {
  family                = "quay-app"
  container_definitions = jsonencode([
    { name = "app", image = "quay/app:1", portMappings = [{ containerPort = ${port} }] },
    { name = "logs", image = "quay/logs:1" },
  ])
}
`;
  const ports = (port: string) => only(task(port), 'AWS::ECS::TaskDefinition')?.properties?.containerPorts;
  expect(ports('8080')).toEqual(['app:8080']);
  expect(ports('var.port')).toBeUndefined();
});
