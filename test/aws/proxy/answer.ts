import { cbor } from '@smithy/core/cbor';
import type { AwsRequest } from './request.ts';

/** What goes back to the client. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** An error as a service names it. */
export interface ServiceError {
  status: number;
  code: string;
  message: string;
}

const isXml = ({ protocol }: AwsRequest) =>
  protocol === 'query' || protocol === 'ec2' || protocol === 'rest-xml';

const REQUEST_ID = '00000000-0000-4000-8000-000000000000';

/** Types of content by protocol. */
const CONTENT: Record<AwsRequest['protocol'], string> = {
  json: 'application/x-amz-json-1.1',
  'rest-json': 'application/json',
  cbor: 'application/cbor',
  query: 'text/xml',
  ec2: 'text/xml;charset=UTF-8',
  'rest-xml': 'application/xml',
};

/** What a body says: an object for the protocols of JSON and CBOR, text for those of XML. */
export function decode({ protocol }: AwsRequest, { body }: Answer): unknown {
  if (protocol === 'cbor') return cbor.deserialize(body);
  return protocol === 'json' || protocol === 'rest-json' ? JSON.parse(body.toString()) : body.toString();
}

/** An answer of a service: an object for the protocols of JSON and CBOR, text for all. */
export function encode(request: AwsRequest, content: unknown, status = 200): Answer {
  const bytes = () => {
    if (typeof content === 'string') return Buffer.from(content);
    if (request.protocol === 'cbor') return Buffer.from(cbor.serialize(content));
    if (isXml(request)) throw new Error(`${request.name} answers with XML: give it as text`);
    return Buffer.from(JSON.stringify(content));
  };
  return { status, headers: headersOf(request), body: bytes() };
}

const headersOf = ({ protocol }: AwsRequest): Record<string, string> => ({
  'content-type': CONTENT[protocol],
  'x-amzn-requestid': REQUEST_ID,
  ...(protocol === 'cbor' ? { 'smithy-protocol': 'rpc-v2-cbor' } : {}),
});

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Services that left the query protocol for JSON, and still name errors as before in a header. */
const ONCE_QUERY = new Set(['sqs', 'cloudwatch']);

/** An error in the shape of the request's protocol. */
export function errorAnswer(request: AwsRequest, { status, code, message }: ServiceError): Answer {
  const headers = headersOf(request);
  const xml = (text: string): Answer => ({
    status,
    headers,
    // An answer to HEAD has a status alone.
    body: Buffer.from(request.method === 'HEAD' ? '' : `<?xml version="1.0" encoding="UTF-8"?>\n${text}`),
  });
  const inner = `<Code>${code}</Code><Message>${escaped(message)}</Message>`;
  const fault = status < 500 ? 'Sender' : 'Receiver';
  if (request.service === 's3')
    return xml(`<Error>${inner}<RequestId>${REQUEST_ID}</RequestId><HostId>host</HostId></Error>`);
  if (request.protocol === 'ec2')
    return xml(
      `<Response><Errors><Error>${inner}</Error></Errors><RequestID>${REQUEST_ID}</RequestID></Response>`,
    );
  if (isXml(request))
    return xml(
      `<ErrorResponse><Error><Type>${fault}</Type>${inner}</Error><RequestId>${REQUEST_ID}</RequestId></ErrorResponse>`,
    );
  headers['x-amzn-errortype'] = code;
  if (ONCE_QUERY.has(request.service))
    headers['x-amzn-query-error'] = `${code.replace(/Exception$/, '')};${fault}`;
  return { ...encode(request, { __type: code, message }, status), headers };
}

/** The error of a principal without the permission. */
export function deniedError(request: AwsRequest, account: string): ServiceError {
  const { service, protocol, name } = request;
  const message = `User: arn:aws:iam::${account}:user/auditor is not authorized to perform: ${name} because no identity-based policy allows the ${name} action`;
  if (service === 'ec2') return { status: 403, code: 'UnauthorizedOperation', message };
  if (service === 'sns') return { status: 403, code: 'AuthorizationError', message };
  if (isXml(request)) return { status: 403, code: 'AccessDenied', message };
  return { status: protocol === 'rest-json' ? 403 : 400, code: 'AccessDeniedException', message };
}

/** Services that tell of throttling in a way of their own, which clients have to know. */
const THROTTLED: Record<string, [status: number, code: string]> = {
  ec2: [503, 'RequestLimitExceeded'],
  s3: [503, 'SlowDown'],
  lambda: [429, 'TooManyRequestsException'],
  apigateway: [429, 'TooManyRequestsException'],
};

/** The error of a client that asks too often. */
export function throttledError(request: AwsRequest): ServiceError {
  const [status, code] =
    THROTTLED[request.service] ??
    (isXml(request)
      ? [400, 'Throttling']
      : [request.protocol === 'rest-json' ? 429 : 400, 'ThrottlingException']);
  return { status, code, message: 'Rate exceeded' };
}

/** The error of a service that fails, of one that lacks what was asked for, or another that is told. */
export function failure(request: AwsRequest, status: number, code?: string): ServiceError {
  const known =
    status >= 500
      ? isXml(request)
        ? 'InternalError'
        : 'InternalFailure'
      : isXml(request)
        ? 'NoSuchEntity'
        : 'ResourceNotFoundException';
  const message = status >= 500 ? 'An internal error has occurred' : 'What was asked for does not exist';
  return { status, code: code ?? known, message };
}
