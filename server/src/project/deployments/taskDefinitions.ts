import { type DataNode, entryOf, itemsOf, textOf, valueAt } from '../../languages/data.ts';
import type { ProjectFile } from '../project.ts';
import { placeOf } from './composeService.ts';
import type { Deployment } from './deployment.ts';
import { variablesOf } from './hosted.ts';
import { plainDeployment, secondsAt } from './plainDeployment.ts';
import { commandWords } from './shellWords.ts';

/** The containers of ECS task definitions. */
export function taskDefinitions(files: ReadonlyMap<string, ProjectFile>): Deployment[] {
  return [...files.values()].flatMap(({ path, facts }) =>
    facts.language === 'yaml' && path.endsWith('.json')
      ? facts.yaml.documents.flatMap((root) => containersOf(root, path))
      : [],
  );
}

function containersOf(root: DataNode, path: string): Deployment[] {
  const isFargate = itemsOf(valueAt(root, 'requiresCompatibilities')).some(
    (item) => textOf(item) === 'FARGATE',
  );
  const platform = isFargate ? 'fargate' : 'ecs';
  return itemsOf(valueAt(root, 'containerDefinitions')).flatMap((container) => {
    const image = entryOf(container, 'image');
    if (container.kind !== 'map' || !image) return [];
    const name = valueAt(container, 'name');
    return plainDeployment({
      platform,
      name: textOf(name) ?? 'container',
      at: placeOf(path, name ?? image.value),
      period: secondsAt(valueAt(container, 'stopTimeout'), platform, path, {
        path,
        key: undefined,
        map: container,
      }),
      environment: variablesOf(valueAt(container, 'environment'), path, 'name'),
      image: {
        name: textOf(image.value),
        entrypoint: commandWords(valueAt(container, 'entryPoint'), path),
        command: commandWords(valueAt(container, 'command'), path),
        hasInit: textOf(valueAt(container, 'linuxParameters', 'initProcessEnabled')) === 'true',
      },
    });
  });
}
