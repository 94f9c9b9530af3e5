"""Create a deterministic synthetic account of N resources in a moto server.

usage: account.py --endpoint http://127.0.0.1:5000 -n 1000 [--seed 1]

Per 100 resources: 1 VPC, 4 subnets, 6 security groups, 2 ALBs, 3 listeners, 4 target groups, 1 ECS cluster,
5 services, 5 task definitions, 5 ECR repositories, 8 Lambda functions, 6 SQS queues, 4 SNS topics, 5 DynamoDB
tables, 5 S3 buckets, 2 RDS instances, 1 ElastiCache cluster, 10 log groups, 6 alarms, 1 hosted zone, 4 records,
2 certificates, 1 CloudFront distribution, 5 IAM roles, 4 secrets. Three other regions hold one queue and one
log group each. Says what it made, by CloudFormation's kinds. Run by the python that tools/moto.sh finds: boto3 comes
with moto.
"""
import argparse
import io
import json
import os
import random
import zipfile
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

ap = argparse.ArgumentParser()
ap.add_argument("--endpoint", default=os.environ.get("AWS_ENDPOINT_URL", "http://127.0.0.1:5000"))
ap.add_argument("-n", type=int, default=1000)
ap.add_argument("--seed", type=int, default=1)
a = ap.parse_args()

MAIN, OTHERS = "us-east-1", ["eu-west-1", "eu-west-3", "us-west-2"]
session = boto3.Session(aws_access_key_id="testing", aws_secret_access_key="testing", region_name=MAIN)
cfg = Config(max_pool_connections=16, parameter_validation=False, retries={"max_attempts": 3})
_clients = {}


def c(name, region=MAIN):
    return _clients[(name, region)]


SERVICES = "ec2 elbv2 ecs ecr lambda sqs sns dynamodb s3 rds elasticache logs cloudwatch route53 acm cloudfront iam secretsmanager".split()
for s in SERVICES:
    _clients[(s, MAIN)] = session.client(s, endpoint_url=a.endpoint, config=cfg)
for r in OTHERS:
    for s in ("sqs", "logs", "ec2"):
        _clients[(s, r)] = session.client(s, region_name=r, endpoint_url=a.endpoint, config=cfg)

buf = io.BytesIO()
with zipfile.ZipFile(buf, "w") as z:
    info = zipfile.ZipInfo("index.py", (2026, 1, 1, 0, 0, 0))
    z.writestr(info, "def handler(e, c):\n    return 1\n")
ZIP = buf.getvalue()
TRUST = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
BRANDS, ENVS = ["arq", "van", "fin"], ["dev", "staging", "prod"]


def block(b):
    """One block of 100 resources. Returns the list of [kind, id]."""
    rnd = random.Random(f"{a.seed}:{b}")
    p = f"{BRANDS[b % 3]}-{ENVS[(b // 3) % 3]}-{b:04d}"
    tags = [{"Key": "Env", "Value": ENVS[(b // 3) % 3]}, {"Key": "Brand", "Value": BRANDS[b % 3]}]
    out = []
    add = lambda kind, *ids: out.append([kind, *ids])

    ec2 = c("ec2")
    vpc = ec2.create_vpc(CidrBlock=f"10.{b % 250}.0.0/16")["Vpc"]["VpcId"]
    add("EC2::VPC", vpc)
    subnets = []
    for i in range(4):
        s = ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.{b % 250}.{i}.0/24", AvailabilityZone=MAIN + "abcd"[i])["Subnet"]["SubnetId"]
        subnets.append(s)
        add("EC2::Subnet", s)
    groups = []
    for i in range(6):
        g = ec2.create_security_group(GroupName=f"{p}-sg{i}", Description="bench", VpcId=vpc)["GroupId"]
        ec2.authorize_security_group_ingress(GroupId=g, IpPermissions=[{"IpProtocol": "tcp", "FromPort": rnd.choice([22, 80, 443, 5432]), "ToPort": 443 if rnd.random() < 0.1 else 5432, "IpRanges": [{"CidrIp": rnd.choice(["0.0.0.0/0", "10.0.0.0/8"])}]}])
        groups.append(g)
        add("EC2::SecurityGroup", g)

    acm = c("acm")
    certs = []
    for i in range(2):
        x = acm.request_certificate(DomainName=f"{p}-{i}.example.com", SubjectAlternativeNames=[f"www.{p}-{i}.example.com"], ValidationMethod="DNS")["CertificateArn"]
        certs.append(x)
        add("CertificateManager::Certificate", x)

    elb = c("elbv2")
    lbs = [elb.create_load_balancer(Name=f"{p}-alb{i}", Subnets=subnets[:3], SecurityGroups=groups[:1], Scheme="internet-facing", Type="application")["LoadBalancers"][0] for i in range(2)]
    for lb in lbs:
        add("ElasticLoadBalancingV2::LoadBalancer", lb["LoadBalancerArn"])
    tgs = [elb.create_target_group(Name=f"{p}-tg{i}", Protocol="HTTP", Port=8080, VpcId=vpc, TargetType="ip", HealthCheckPath="/health")["TargetGroups"][0]["TargetGroupArn"] for i in range(4)]
    for t in tgs:
        add("ElasticLoadBalancingV2::TargetGroup", t)
    for i, (lb, port) in enumerate([(0, 80), (0, 8080), (1, 80)]):
        add("ElasticLoadBalancingV2::Listener", elb.create_listener(LoadBalancerArn=lbs[lb]["LoadBalancerArn"], Protocol="HTTP", Port=port, DefaultActions=[{"Type": "forward", "TargetGroupArn": tgs[i]}])["Listeners"][0]["ListenerArn"])

    iam = c("iam")
    roles = []
    for i in range(5):
        r = iam.create_role(RoleName=f"{p}-role{i}", AssumeRolePolicyDocument=TRUST, Tags=tags)["Role"]["Arn"]
        iam.put_role_policy(RoleName=f"{p}-role{i}", PolicyName="inline", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": rnd.choice(["s3:GetObject", "sqs:*", "logs:PutLogEvents"]), "Resource": "*"}]}))
        roles.append(r)
        add("IAM::Role", r, f"{p}-role{i}")

    ecr = c("ecr")
    repos = []
    for i in range(5):
        r = ecr.create_repository(repositoryName=f"{p}/app{i}", imageScanningConfiguration={"scanOnPush": rnd.random() < 0.5})["repository"]
        repos.append(r["repositoryUri"])
        add("ECR::Repository", r["repositoryArn"])

    logs = c("logs")
    for i in range(10):
        n = f"/ecs/{p}-svc{i}" if i < 5 else f"/aws/lambda/{p}-fn{i - 5}"
        logs.create_log_group(logGroupName=n)
        if rnd.random() < 0.6:
            logs.put_retention_policy(logGroupName=n, retentionInDays=30)
        add("Logs::LogGroup", f"arn:aws:logs:{MAIN}:123456789012:log-group:{n}", n)

    ecs = c("ecs")
    cl = ecs.create_cluster(clusterName=f"{p}-cluster", tags=[{"key": "Env", "value": tags[0]["Value"]}])["cluster"]["clusterArn"]
    add("ECS::Cluster", cl)
    for i in range(5):
        td = ecs.register_task_definition(family=f"{p}-td{i}", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512", executionRoleArn=roles[0], taskRoleArn=roles[1],
            containerDefinitions=[{"name": "app", "image": f"{repos[i]}:{rnd.choice(['latest', 'v1.2.3', 'main-abc1234'])}", "essential": True, "portMappings": [{"containerPort": 8080}],
                                   "environment": [{"name": f"VAR_{k}", "value": str(rnd.random())} for k in range(8)],
                                   "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": f"/ecs/{p}-svc{i}", "awslogs-region": MAIN, "awslogs-stream-prefix": "app"}}}])["taskDefinition"]["taskDefinitionArn"]
        add("ECS::TaskDefinition", td)
        s = ecs.create_service(cluster=cl, serviceName=f"{p}-svc{i}", taskDefinition=td, desiredCount=rnd.choice([0, 1, 2]), launchType="FARGATE",
            networkConfiguration={"awsvpcConfiguration": {"subnets": subnets[:2], "securityGroups": groups[1:2]}},
            loadBalancers=[{"targetGroupArn": tgs[i % 4], "containerName": "app", "containerPort": 8080}])["service"]["serviceArn"]
        add("ECS::Service", s)

    lam = c("lambda")
    for i in range(8):
        f = lam.create_function(FunctionName=f"{p}-fn{i}", Runtime=rnd.choice(["python3.12", "nodejs20.x", "python3.8"]), Role=roles[2], Handler="index.handler", Code={"ZipFile": ZIP}, Environment={"Variables": {"STAGE": ENVS[(b // 3) % 3]}})["FunctionArn"]
        add("Lambda::Function", f)

    for i in range(6):
        u = c("sqs").create_queue(QueueName=f"{p}-q{i}")["QueueUrl"]
        add("SQS::Queue", f"arn:aws:sqs:{MAIN}:123456789012:{p}-q{i}", u, f"{p}-q{i}")
    for i in range(4):
        t = c("sns").create_topic(Name=f"{p}-topic{i}")["TopicArn"]
        add("SNS::Topic", t)
    for i in range(5):
        t = c("dynamodb").create_table(TableName=f"{p}-table{i}", KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}], AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}], BillingMode="PAY_PER_REQUEST")["TableDescription"]["TableArn"]
        add("DynamoDB::Table", t, f"{p}-table{i}")
    s3 = c("s3")
    for i in range(5):
        s3.create_bucket(Bucket=f"{p}-bucket{i}")
        if rnd.random() < 0.7:
            s3.put_bucket_encryption(Bucket=f"{p}-bucket{i}", ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]})
        if rnd.random() < 0.7:
            s3.put_public_access_block(Bucket=f"{p}-bucket{i}", PublicAccessBlockConfiguration={k: True for k in ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")})
        add("S3::Bucket", f"arn:aws:s3:::{p}-bucket{i}", f"{p}-bucket{i}")
    for i in range(2):
        d = c("rds").create_db_instance(DBInstanceIdentifier=f"{p}-db{i}", DBInstanceClass="db.t3.micro", Engine="postgres", AllocatedStorage=20, MasterUsername="root", MasterUserPassword="not-a-secret", StorageEncrypted=rnd.random() < 0.5)["DBInstance"]["DBInstanceArn"]
        add("RDS::DBInstance", d)
    c("elasticache").create_cache_cluster(CacheClusterId=f"{p}-c0"[:40], CacheNodeType="cache.t3.micro", Engine="redis", NumCacheNodes=1)
    add("ElastiCache::CacheCluster", f"arn:aws:elasticache:{MAIN}:123456789012:cluster:{p}-c0", f"{p}-c0")
    for i in range(6):
        n = f"{p}-alarm{i}"
        c("cloudwatch").put_metric_alarm(AlarmName=n, MetricName="CPUUtilization", Namespace="AWS/ECS", Statistic="Average", Period=60, EvaluationPeriods=1, Threshold=80.0, ComparisonOperator="GreaterThanThreshold", Dimensions=[{"Name": "ServiceName", "Value": f"{p}-svc{i % 5}"}])
        add("CloudWatch::Alarm", f"arn:aws:cloudwatch:{MAIN}:123456789012:alarm:{n}", n)
    z = c("route53").create_hosted_zone(Name=f"{p}.example.com", CallerReference=f"{a.seed}-{b}")["HostedZone"]["Id"]
    zid = z.split("/")[-1]
    add("Route53::HostedZone", zid, z, f"arn:aws:route53:::hostedzone/{zid}")
    names = [f"{h}.{p}.example.com" for h in ("www", "api", "admin", "cdn")]
    c("route53").change_resource_record_sets(HostedZoneId=z, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": {"Name": n, "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": lbs[0]["DNSName"]}]}} for n in names]})
    for n in names:
        add("Route53::RecordSet", n, n + ".")
    d = c("cloudfront").create_distribution(DistributionConfig={"CallerReference": f"{a.seed}-{b}", "Comment": p, "Enabled": True, "Aliases": {"Quantity": 1, "Items": [names[3]]},
        "Origins": {"Quantity": 1, "Items": [{"Id": "o", "DomainName": lbs[0]["DNSName"], "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}}]},
        "DefaultCacheBehavior": {"TargetOriginId": "o", "ViewerProtocolPolicy": "redirect-to-https", "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}}, "MinTTL": 0}})["Distribution"]
    add("CloudFront::Distribution", d["ARN"], d["Id"])
    for i in range(4):
        s = c("secretsmanager").create_secret(Name=f"{p}/secret{i}", SecretString="not-a-secret")["ARN"]
        add("SecretsManager::Secret", s)
    return out


for r in OTHERS:
    c("sqs", r).create_queue(QueueName="lonely")
    c("logs", r).create_log_group(logGroupName="/lonely")
    c("ec2", r).describe_vpcs()

with ThreadPoolExecutor(4) as ex:
    resources = [x for blk in ex.map(block, range(-(-a.n // 100))) for x in blk]
kinds = {}
for r in resources:
    kinds[f"AWS::{r[0]}"] = kinds.get(f"AWS::{r[0]}", 0) + 1
print(json.dumps({"resources": len(resources), "kinds": kinds}))
