import { BatchDeleteImageCommand, DeleteRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { type Breakage, root } from './breakage.ts';
import { NOTHING_RUNS, notStarting } from './faults.ts';

/** Images and registries. */
export const images: Breakage[] = [
  {
    id: 'image-tag-gone',
    what: 'the tag that the service runs was deleted, and tasks that start again cannot pull it',
    way: 'web',
    touches: ['image', ...NOTHING_RUNS],
    blamed: [root('image-missing', 'image')],
    break: async (estate) => {
      await estate
        .client(ECRClient)
        .send(
          new BatchDeleteImageCommand({ repositoryName: 'harbour/web', imageIds: [{ imageTag: '2.4.0' }] }),
        );
      notStarting(estate, 'web', {
        stopCode: 'TaskFailedToStart',
        stoppedReason:
          'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 552903617348.dkr.ecr.eu-west-3.amazonaws.com/harbour/web:2.4.0: not found',
      });
    },
  },
  {
    id: 'image-tag-gone-unnoticed',
    what: 'the tag that the service runs was deleted, and its tasks still run',
    way: 'status',
    touches: ['image'],
    blamed: [root('image-missing', 'image')],
    break: (estate) =>
      estate.client(ECRClient).send(
        new BatchDeleteImageCommand({
          repositoryName: 'harbour/status',
          imageIds: [{ imageTag: '2.4.0' }],
        }),
      ),
  },
  {
    id: 'repository-gone',
    what: 'the repository of the image was deleted',
    way: 'orders',
    touches: ['image', ...NOTHING_RUNS],
    blamed: [root('image-missing', 'image')],
    break: async (estate) => {
      await estate
        .client(ECRClient)
        .send(new DeleteRepositoryCommand({ repositoryName: 'harbour/orders', force: true }));
      notStarting(estate, 'orders', {
        stopCode: 'TaskFailedToStart',
        stoppedReason:
          "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref: The repository with name 'harbour/orders' does not exist in the registry with id '552903617348'",
      });
    },
  },
  {
    id: 'image-of-other-architecture',
    what: 'the image is for ARM alone, the tasks run on x86',
    way: 'web',
    touches: ['image', ...NOTHING_RUNS],
    blamed: [root('image-architecture-mismatch', 'image')],
    break: (estate) => {
      estate.answers.patch('ecr:BatchGetImage', (answer: { images: { imageManifest: string }[] }) => ({
        ...answer,
        images: answer.images.map((image) => ({
          ...image,
          imageManifest: image.imageManifest.replaceAll('"amd64"', '"arm64"'),
        })),
      }));
      notStarting(estate, 'web', {
        stopCode: 'TaskFailedToStart',
        stoppedReason:
          "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'",
      });
    },
  },
];
