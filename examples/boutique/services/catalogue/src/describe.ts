import OpenAI from 'openai';

const client = new OpenAI();

export async function describe(product: string): Promise<string> {
  const answer = await client.responses.create({ model: 'gpt-5-mini', input: `Describe ${product} in two sentences.` });
  return answer.output_text;
}
