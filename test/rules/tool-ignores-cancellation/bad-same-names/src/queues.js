import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';

const client = new SQSClient({});

/** The tool's file is imported by this name elsewhere; that is not this function. */
async function countMessages(queue) {
  const command = new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ['All'] });
  const { Attributes } = await client.send(command);
  return Attributes?.ApproximateNumberOfMessages ?? 'none';
}

export default {
  countMessages,
};
